import type { z } from 'zod';
import type { Segment } from '../../clock/explain.ts';
import { evaluate } from '../../clock/stopwatch.ts';
import { endpoint } from '../../http/endpoint.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { recordParams as params } from '../../http/views.ts';
import { withheld } from '../../record/define/within.ts';
import { loadHeader, missing } from '../../record/read/load.ts';
import { nowOf } from '../../record/define/work.ts';
import type { ServerRecord } from '../../record/define/work.ts';
import { withArticle } from '../../refusal/article.ts';
import { done } from '../../refusal/refusal.ts';
import type { RecordClock } from './clock.ts';
import { clocksOf } from './store.ts';
import { clocksSchema } from './views.ts';
import type { clockView } from './views.ts';
import { lookup } from '../../names/lookup.ts';

/** What the clocks of a record show. */
export function clockEndpoints({ definition }: ServerRecord): readonly Endpoint[] {
  const { type, path, plural: tag, label } = definition;
  return [
    endpoint({
      method: 'GET',
      path: `/${path}/{id}/clocks`,
      operationId: `${type}.clocks`,
      tag,
      status: 200,
      summary: `What the clocks of ${withArticle(label)} show now, and where the time went`,
      description: `Reads the clocks of ${withArticle(label)} at this moment: what was promised, how much of it has elapsed in open hours, when it is due, and every stretch of time with why it counted or did not.`,
      params,
      response: clocksSchema,
      handle: async ({ application, caller, params: { id } }) => {
        const header = await loadHeader(application.pool, caller.principal, id);
        if (header?.type !== type) return missing(type, id);
        const at = Date.parse(nowOf(application, caller));
        const record = { providerId: caller.principal.providerId, id: header.id };
        const { principal } = caller;
        // Who reads a clock reads by what it measures: the provider's own standard of work is the provider's.
        const isWithin = withheld(definition, principal).includes('nextDueAt');
        const clocks = isWithin ? [] : await clocksOf(application.pool, record);
        return done({ at: iso(at), items: clocks.map((clock) => clockAt(clock, at)) });
      },
    }),
  ];
}

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));
const minutes = (milliseconds: number) => Math.round(milliseconds / 600) / 100;

function clockAt(clock: RecordClock, at: number): z.infer<typeof clockView> {
  const reading = evaluate(clock.stopwatch, clock.calendar, at);
  const { zone } = clock.calendar;
  return {
    id: clock.id,
    kind: clock.kind,
    state: reading.state,
    terms: clock.termsId,
    termsVersion: clock.termsVersion,
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

const kinds = lookup({ working: 'counted', outside_hours: 'outside service hours', paused: 'paused' } as const);

/** One stretch as a sentence in wall time of its calendar, with offsets: the hour repeated in autumn stays clear. */
function inWords({ from, to, kind, reason }: Segment, zone: string): string {
  const wall = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: zone }).format(at);
  return `${wall(from)} to ${wall(to)}: ${kinds[kind]}${reason ? ` (${reason.replaceAll('_', ' ')})` : ''}`;
}
