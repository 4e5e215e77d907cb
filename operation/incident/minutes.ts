// What measurement reads of an incident's restore clocks: open minutes to restore, promised and waited. Pure.
import { elapsed } from '../../core/clock/business-time.ts';
import { pinCalendar } from '../../core/clock/calendar.ts';
import { read } from '../../core/clock/stopwatch.ts';
import type { IncidentFact } from '../../handover/facts/incident-fact.ts';
import type { IncidentClock } from './clock.ts';

export type Minutes = Pick<IncidentFact, 'restoreMinutes' | 'targetMinutes' | 'waitedMinutes'>;

const minute = 60_000;

function isMissed({ stopwatch, calendar }: IncidentClock): boolean {
  return stopwatch.stoppedAt !== null && read(stopwatch, calendar, stopwatch.stoppedAt).breachedAt !== null;
}

/**
 * The minutes of the restore clock that counts: the first that was missed, for a breach stays whatever comes after it, else the
 * last. Nothing is told while it still runs.
 */
export function minutesOfClocks(clocks: readonly IncidentClock[]): Minutes {
  const counted = clocks.filter(({ kind, stopwatch }) => kind === 'restore' && stopwatch.cancelled === null);
  const clock = counted.find(isMissed) ?? counted.at(-1);
  if (!clock) return { restoreMinutes: null, targetMinutes: null, waitedMinutes: 0 };
  const { stopwatch, calendar } = clock;
  const { targetMinutes, pauseReasons } = stopwatch.definition;
  const { startedAt, stoppedAt, pauses, gaps } = stopwatch;
  if (startedAt === null || stoppedAt === null) return { restoreMinutes: null, targetMinutes, waitedMinutes: 0 };
  const counts = pauses.filter(({ reason }) => pauseReasons.includes(reason));
  // Time while stopped is nobody's: neither worked nor waited.
  const unstopped = elapsed(pinCalendar(calendar, startedAt), startedAt, stoppedAt, gaps);
  const withoutPauses = elapsed(pinCalendar(calendar, startedAt), startedAt, stoppedAt, [...gaps, ...counts]);
  return {
    restoreMinutes: withoutPauses / minute,
    targetMinutes,
    waitedMinutes: (unstopped - withoutPauses) / minute,
  };
}
