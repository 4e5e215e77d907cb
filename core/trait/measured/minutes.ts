// What measurement reads of the clocks of a case: open minutes to its end, promised and waited. Pure.
import { minuteMs } from '../../clock/units.ts';
import { elapsed } from '../../clock/business-time.ts';
import { pinCalendar } from '../../clock/calendar.ts';
import { read } from '../../clock/stopwatch.ts';
import type { CaseFact } from './fact.ts';
import type { RecordClock } from '../clocks/clock.ts';

export type Minutes = Pick<CaseFact, 'workedMinutes' | 'targetMinutes' | 'waitedMinutes' | 'breached'>;

/** Whether its target passed by an instant; one that was replaced before that has not been missed. */
const isMissed = ({ stopwatch, calendar }: RecordClock, at: number): boolean =>
  stopwatch.recordedBreachAt !== null || read(stopwatch, calendar, at).breachedAt !== null;

/**
 * The minutes of the clock that counts, of those of one kind: the first that was missed, for a breach stays whatever comes after
 * it, else the last. A missed clock that another replaced counts on to the end: so long did people wait. Nothing is told while
 * it lasts.
 */
export function minutesOfClocks(clocks: readonly RecordClock[], of: string | undefined): Minutes {
  const counted = clocks.filter(({ kind }) => kind === of);
  const last = counted.findLast(({ stopwatch }) => stopwatch.cancelled === null);
  const endedAt = last?.stopwatch.stoppedAt ?? null;
  const targetMinutes = last?.stopwatch.definition.targetMinutes ?? null;
  if (!last || endedAt === null) return { workedMinutes: null, targetMinutes, waitedMinutes: 0, breached: false };
  const missed = counted.find((clock) => isMissed(clock, clock.stopwatch.stoppedAt ?? endedAt));
  return { ...minutesOf(missed ?? last, counted, endedAt), breached: missed !== undefined };
}

function minutesOf(
  { stopwatch, calendar }: RecordClock,
  all: readonly RecordClock[],
  endedAt: number,
): Omit<Minutes, 'breached'> {
  const { startedAt, stoppedAt, cancelled, definition } = stopwatch;
  const { targetMinutes, pauseReasons } = definition;
  if (startedAt === null) return { workedMinutes: null, targetMinutes, waitedMinutes: 0 };
  // What came after a clock was replaced stands with those that replaced it.
  const courses = cancelled ? all.map((each) => each.stopwatch) : [stopwatch];
  const gaps = courses.flatMap((course) => course.gaps);
  const counted = courses.flatMap(({ pauses }) => pauses).filter(({ reason }) => pauseReasons.includes(reason));
  const hours = pinCalendar(calendar, startedAt);
  const end = stoppedAt ?? endedAt;
  // Time while stopped is nobody's: neither worked nor waited.
  const unstopped = elapsed(hours, startedAt, end, gaps);
  const withoutPauses = elapsed(hours, startedAt, end, [...gaps, ...counted]);
  return {
    workedMinutes: withoutPauses / minuteMs,
    targetMinutes,
    waitedMinutes: (unstopped - withoutPauses) / minuteMs,
  };
}
