// What measurement reads of an incident's restore clocks: open minutes to restore, promised and waited. Pure.
import { minuteMs } from '../../core/clock/units.ts';
import { elapsed } from '../../core/clock/business-time.ts';
import { pinCalendar } from '../../core/clock/calendar.ts';
import { read } from '../../core/clock/stopwatch.ts';
import type { IncidentFact } from '../../handover/facts/incident-fact.ts';
import type { RecordClock } from '../../core/trait/clocks/clock.ts';

export type Minutes = Pick<IncidentFact, 'restoreMinutes' | 'targetMinutes' | 'waitedMinutes' | 'breached'>;

/** Whether its target passed by an instant; one that was replaced before that has not been missed. */
const isMissed = ({ stopwatch, calendar }: RecordClock, at: number): boolean =>
  stopwatch.recordedBreachAt !== null || read(stopwatch, calendar, at).breachedAt !== null;

/**
 * The minutes of the restore clock that counts: the first that was missed, for a breach stays whatever comes after it, else the
 * last. A missed clock that another replaced counts on to the restoration: so long did people wait. Nothing is told while it
 * lasts.
 */
export function minutesOfClocks(clocks: readonly RecordClock[]): Minutes {
  const restore = clocks.filter(({ kind }) => kind === 'restore');
  const last = restore.findLast(({ stopwatch }) => stopwatch.cancelled === null);
  const restoredAt = last?.stopwatch.stoppedAt ?? null;
  const targetMinutes = last?.stopwatch.definition.targetMinutes ?? null;
  if (!last || restoredAt === null) return { restoreMinutes: null, targetMinutes, waitedMinutes: 0, breached: false };
  const missed = restore.find((clock) => isMissed(clock, clock.stopwatch.stoppedAt ?? restoredAt));
  return { ...minutesOf(missed ?? last, restore, restoredAt), breached: missed !== undefined };
}

function minutesOf(
  { stopwatch, calendar }: RecordClock,
  all: readonly RecordClock[],
  restoredAt: number,
): Omit<Minutes, 'breached'> {
  const { startedAt, stoppedAt, cancelled, definition } = stopwatch;
  const { targetMinutes, pauseReasons } = definition;
  if (startedAt === null) return { restoreMinutes: null, targetMinutes, waitedMinutes: 0 };
  // What came after a clock was replaced stands with those that replaced it.
  const courses = cancelled ? all.map((each) => each.stopwatch) : [stopwatch];
  const gaps = courses.flatMap((course) => course.gaps);
  const counted = courses.flatMap(({ pauses }) => pauses).filter(({ reason }) => pauseReasons.includes(reason));
  const hours = pinCalendar(calendar, startedAt);
  const end = stoppedAt ?? restoredAt;
  // Time while stopped is nobody's: neither worked nor waited.
  const unstopped = elapsed(hours, startedAt, end, gaps);
  const withoutPauses = elapsed(hours, startedAt, end, [...gaps, ...counted]);
  return {
    restoreMinutes: withoutPauses / minuteMs,
    targetMinutes,
    waitedMinutes: (unstopped - withoutPauses) / minuteMs,
  };
}
