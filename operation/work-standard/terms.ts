import type { ClockDefinition } from '../../core/clock/stopwatch.ts';
import type { Terms } from '../../core/clock/terms.ts';
import { readCalendar } from '../../core/clock/read-calendar.ts';
import type { StandardInForce } from './store.ts';

/** The terms that a standard gives to a priority: one kind of clock, which nothing pauses. A priority without a target has none. */
export function standardTerms({ id, calendar, targets }: StandardInForce, kind: string, priority: string): Terms {
  const hours = readCalendar(calendar).calendar;
  if (!hours) throw new Error(`the standard ${id} is in force with hours that nobody judged`); // rule `working-hours`
  const definition = (targetMinutes: number): ClockDefinition => ({
    pauseReasons: [],
    reopen: 'resume_excluding_gap',
    warnAtPercent: [50, 80],
    targetMinutes,
  });
  return {
    id,
    version: 1,
    calendar: hours,
    targets: (targets ?? []).flatMap((each) =>
      each.priority === priority ? [{ kind, definition: definition(each.minutes) }] : [],
    ),
  };
}
