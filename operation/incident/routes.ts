import { z } from 'zod';
import { evaluate } from '../../core/clock/stopwatch.ts';
import type { Segment } from '../../core/clock/explain.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { headerSchema, recordParams } from '../../core/http/views.ts';
import { loadHeader, missing } from '../../core/record/load.ts';
import { nowOf, serverRecord } from '../../core/record/work.ts';
import { done } from '../../core/refusal/refusal.ts';
import type { Outcome } from '../../core/refusal/refusal.ts';
import type { IncidentClock } from './clock.ts';
import { openOnComponent, similarTo } from './store/around.ts';
import { clocksOf } from './store/clocks.ts';

const tag = 'Incidents';
const instant = z.iso.datetime({ offset: true });
const clockView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['response', 'restore']),
    state: z.enum(['not_started', 'running', 'paused', 'met', 'breached_running', 'breached_stopped', 'cancelled']),
    agreement: z.uuid(),
    agreementVersion: z.int(),
    zone: z.string().describe('Time zone of the agreement'),
    targetMinutes: z.number(),
    elapsedBusinessMinutes: z.number(),
    elapsedActualMinutes: z.number(),
    remainingMinutes: z.number(),
    startedAt: instant.nullable(),
    dueAt: instant.nullable(),
    breachedAt: instant.nullable(),
    stoppedAt: instant.nullable(),
    inWords: z.array(
      z.object({
        from: instant,
        to: instant,
        kind: z.enum(['working', 'outside_hours', 'paused']),
        reason: z.string().nullable(),
        minutes: z.number(),
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'IncidentClock' });

type IncidentCall = Pick<Call<{ id: string }>, 'application' | 'caller' | 'params'>;

async function findIncident({ application, caller, params }: IncidentCall) {
  const header = await loadHeader(application.pool, caller.principal, params.id);
  return header?.type === 'incident' ? { id: header.id, providerId: caller.principal.providerId } : undefined;
}

async function readClocks(call: IncidentCall): Promise<Outcome<unknown>> {
  const incident = await findIncident(call);
  if (!incident) return missing('incident', call.params.id);
  const at = Date.parse(nowOf(call.application, call.caller));
  const clocks = await clocksOf(call.application.pool, incident);
  return done({ at: iso(at), items: clocks.map((clock) => clockAt(clock, at)) });
}

async function readAround(call: IncidentCall): Promise<Outcome<unknown>> {
  const incident = await findIncident(call);
  if (!incident) return missing('incident', call.params.id);
  const { pool, registry } = call.application;
  const { principal } = call.caller;
  const { states } = serverRecord(registry, 'change').definition.lifecycle;
  const open = Object.entries(states).flatMap(([name, state]) => (state.final ? [] : [name]));
  return done({
    similar: await similarTo(pool, principal, incident.id),
    open: await openOnComponent(pool, principal, incident.id, open),
  });
}

const params = recordParams;

/** The endpoints of an incident beyond those of every record: clocks, and what is known around it. */
export const incidentEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/incidents/{id}/clocks',
    operationId: 'incident.clocks',
    tag,
    status: 200,
    summary: 'What the clocks of an incident show now, and where the time went',
    params,
    response: z.object({ at: instant, items: z.array(clockView) }),
    handle: readClocks,
  }),
  endpoint({
    method: 'GET',
    path: '/incidents/{id}/around',
    operationId: 'incident.around',
    tag,
    status: 200,
    summary: 'What is known around an incident: cases like it, and what is open on its component',
    params,
    response: z.object({
      similar: z.array(
        z.object({ record: headerSchema, resolution: z.string().nullable(), because: z.array(z.string()) }),
      ),
      open: z.array(headerSchema),
    }),
    handle: readAround,
  }),
];

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));
const minutes = (milliseconds: number) => Math.round(milliseconds / 600) / 100;

function clockAt(clock: IncidentClock, at: number): z.infer<typeof clockView> {
  const reading = evaluate(clock.stopwatch, clock.calendar, at);
  const { zone } = clock.calendar;
  return {
    id: clock.id,
    kind: clock.kind,
    state: reading.state,
    agreement: clock.agreementId,
    agreementVersion: clock.agreementVersion,
    zone,
    targetMinutes: clock.stopwatch.definition.targetMinutes,
    elapsedBusinessMinutes: minutes(reading.elapsedBusinessMs),
    elapsedActualMinutes: minutes(reading.elapsedActualMs),
    remainingMinutes: minutes(reading.remainingMs),
    startedAt: isoOrNull(clock.stopwatch.startedAt),
    dueAt: isoOrNull(reading.dueAt),
    breachedAt: isoOrNull(reading.breachedAt),
    stoppedAt: isoOrNull(clock.stopwatch.stoppedAt),
    inWords: reading.inWords.map((segment) => ({
      from: iso(segment.from),
      to: iso(segment.to),
      kind: segment.kind,
      reason: segment.reason,
      minutes: minutes(segment.to - segment.from),
      words: inWords(segment, zone),
    })),
  };
}

const kinds = { working: 'counted', outside_hours: 'outside service hours', paused: 'paused' } as const;

/** One stretch as a sentence in wall time of the agreement, with offsets: the hour repeated in autumn stays clear. */
function inWords({ from, to, kind, reason }: Segment, zone: string): string {
  const wall = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: zone }).format(at);
  return `${wall(from)} to ${wall(to)}: ${kinds[kind]}${reason ? ` (${reason.replaceAll('_', ' ')})` : ''}`;
}
