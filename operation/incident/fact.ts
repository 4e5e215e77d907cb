// The measured side of a live incident: table handover.incident_fact, kept from the incident and its restore clock.
import { evaluate } from '../../core/clock/stopwatch.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import type { IncidentFact } from '../../handover/facts/incident-fact.ts';
import type { IncidentClock } from './clock.ts';
import { clocksOf } from './store/clocks.ts';
import { coursesOf, keepFact } from './store/fact.ts';

const minute = 60_000;

/** Keeps the fact of every incident that was touched. What was observed elsewhere has its fact from the import. */
export const incidentFactSubscriber: JournalSubscriber = {
  name: 'operation.incident-fact',
  types: ['incident'],
  take: async ({ pool }, entries) => {
    const touched = entries.filter(({ kind }) => kind !== 'observed').map(({ recordId }) => recordId);
    if (!touched.length) return;
    for (const { providerId, ...course } of await coursesOf(pool, [...new Set(touched)])) {
      const clocks = await clocksOf(pool, { providerId, id: course.incidentId });
      const clock = clocks.findLast(({ kind, stopwatch }) => kind === 'restore' && stopwatch.cancelled === null);
      const fact = { ...course, ...minutesOf(course.restoredAt, clock) };
      await keepFact(pool, providerId, { fact, measured: clock !== undefined });
    }
  },
};

/** Open minutes to the restoration, promised and waited; nothing to tell while it lasts or without a clock. */
export function minutesOf(
  restoredAt: string | null,
  clock: IncidentClock | undefined,
): Pick<IncidentFact, 'restoreMinutes' | 'targetMinutes' | 'waitedMinutes'> {
  if (!clock) return { restoreMinutes: null, targetMinutes: null, waitedMinutes: 0 };
  const { targetMinutes } = clock.stopwatch.definition;
  const at = clock.stopwatch.stoppedAt ?? (restoredAt === null ? null : Date.parse(restoredAt));
  if (restoredAt === null || at === null) return { restoreMinutes: null, targetMinutes, waitedMinutes: 0 };
  const { elapsedBusinessMs, inWords } = evaluate(clock.stopwatch, clock.calendar, at);
  const waited = inWords.filter(({ kind }) => kind === 'paused').reduce((sum, { from, to }) => sum + to - from, 0);
  return { restoreMinutes: elapsedBusinessMs / minute, targetMinutes, waitedMinutes: waited / minute };
}
