import { z } from 'zod';
import { evaluate } from '../../core/clock/stopwatch.ts';
import type { Segment } from '../../core/clock/explain.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { headerSchema, names, recordParams } from '../../core/http/views.ts';
import { toHeader } from '../../core/record/data.ts';
import { moveSchema } from '../../core/record/schema.ts';
import { loadHeader, missing } from '../../core/record/load.ts';
import { namesOf } from '../../core/record/names.ts';
import { act, nowOf, serverRecord } from '../../core/record/work.ts';
import { done } from '../../core/refusal/refusal.ts';
import type { Outcome } from '../../core/refusal/refusal.ts';
import type { IncidentClock } from './clock.ts';
import { incidentRecord } from './record.ts';
import { seesInternal, workOn } from './notes.ts';
import type { CaseWork, NewNote } from './notes.ts';
import { openOnComponent, similarTo } from './store/around.ts';
import { clocksOf } from './store/clocks.ts';
import { notesOf } from './store/notes.ts';

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
const noteView = z
  .object({
    id: z.uuid(),
    audience: z.enum(['public', 'internal']),
    author: z.uuid(),
    at: instant,
    text: z.string().nullable(),
  })
  .meta({ id: 'IncidentNote' });

type IncidentCall = Pick<Call<{ id: string }>, 'application' | 'caller' | 'params'>;

async function findIncident({ application, caller, params }: IncidentCall) {
  const header = await loadHeader(application.pool, caller.principal, params.id);
  return header?.type === 'incident' ? { id: header.id, providerId: caller.principal.providerId } : undefined;
}

async function readNotes(call: IncidentCall): Promise<Outcome<unknown>> {
  const incident = await findIncident(call);
  if (!incident) return missing('incident', call.params.id);
  const { principal } = call.caller;
  const items = await notesOf(call.application.pool, incident, seesInternal(principal));
  const authors = items.map(({ author }) => author);
  return done({ items, names: await namesOf(call.application.pool, principal, authors) });
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

const noteText = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'is not text');

/** The moves that people make, each with its name and its own input. */
const [firstMove, ...furtherMoves] = Object.entries(incidentRecord.lifecycle.moves).map(([name, move]) =>
  moveSchema(incidentRecord, move).extend({ name: z.literal(name) }),
);
if (!firstMove) throw new Error('an incident has no moves');
const moves = [firstMove, ...furtherMoves] as const;

/** The case as it then stands, and what was said in this act. */
const afterWork = z.object({ record: headerSchema, notes: z.array(noteView) });

async function working(call: IncidentCall, command: string, wanted: CaseWork): Promise<Outcome<unknown>> {
  const {
    application,
    caller,
    params: { id: name },
  } = call;
  const outcome = await act(application, caller, { command, type: 'incident' }, async (work) => {
    const { incident, notes } = await workOn(work, name, wanted);
    return { id: incident.id, data: { record: toHeader(incident), notes } };
  });
  if (!outcome.ok) return outcome;
  const { id, data } = outcome.value;
  if (data) return done(data);
  // A repeated call is answered with what stands now.
  const record = await loadHeader(application.pool, caller.principal, id);
  return record ? done({ record: toHeader(record), notes: [] }) : missing('incident', name);
}

const params = recordParams;

/** The endpoints of an incident beyond those of every record: clocks, notes, priority. */
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
    path: '/incidents/{id}/notes',
    operationId: 'incident.notes',
    tag,
    status: 200,
    summary: 'The notes on an incident that you may see',
    params,
    response: z.object({ items: z.array(noteView), names }),
    handle: readNotes,
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
  endpoint({
    method: 'POST',
    path: '/incidents/{id}/notes',
    operationId: 'incident.note',
    tag,
    status: 201,
    idempotent: true,
    summary: 'Add a note to an incident: public, or internal to the provider',
    params,
    body: z.strictObject({ audience: z.enum(['public', 'internal']), text: noteText }),
    response: afterWork,
    handle: (call) => working(call, 'note', { notes: [call.body] }),
  }),
  endpoint({
    method: 'POST',
    path: '/incidents/{id}/work',
    operationId: 'incident.work',
    tag,
    status: 200,
    idempotent: true,
    summary: 'Say something and make a move in one act: an internal note, a reply to the customer, a move',
    params,
    body: z
      .strictObject({
        note: noteText.optional().describe('Internal to the provider'),
        reply: noteText.optional().describe('Read by the customer'),
        move: z.discriminatedUnion('name', moves).optional(),
      })
      .refine((body) => Object.keys(body).length > 0, 'is empty: give a note, a reply or a move'),
    response: afterWork,
    handle: (call) => {
      const { note, reply, move } = call.body;
      const notes: NewNote[] = [
        ...(reply === undefined ? [] : [{ audience: 'public' as const, text: reply }]),
        ...(note === undefined ? [] : [{ audience: 'internal' as const, text: note }]),
      ];
      if (!move) return working(call, 'work', { notes });
      const { name, ...input } = move;
      return working(call, 'work', { notes, move: { name: String(name), input } });
    },
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
