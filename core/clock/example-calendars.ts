// Calendars that the tests of this folder share.

import { weeklyCalendar } from './calendar.ts';
import type { Calendar, CalendarException, WallInterval } from './calendar.ts';

const day = (date: string, name: string): CalendarException => ({ kind: 'holiday', from: date, to: date, name });

/** England and Wales, 2026. */
export const bankHolidays: readonly CalendarException[] = [
  day('2026-01-01', 'New Year’s Day'),
  day('2026-04-03', 'Good Friday'),
  day('2026-04-06', 'Easter Monday'),
  day('2026-05-04', 'Early May bank holiday'),
  day('2026-05-25', 'Spring bank holiday'),
  day('2026-08-31', 'Summer bank holiday'),
  day('2026-12-25', 'Christmas Day'),
  day('2026-12-28', 'Boxing Day'),
];

/** Monday to Friday 09:00-17:30 in London. */
export const ukOffice: Calendar = workweek('Europe/London', [{ from: '09:00', to: '17:30' }], bankHolidays);

/** The same hours from Monday to Friday. */
export function workweek(
  zone: string,
  hours: readonly WallInterval[],
  exceptions: readonly CalendarException[] = [],
): Calendar {
  return weeklyCalendar(zone, { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours }, exceptions);
}

/** The same hours on every day of the week. */
export function everyDay(
  zone: string,
  hours: readonly WallInterval[],
  exceptions: readonly CalendarException[] = [],
): Calendar {
  return weeklyCalendar(
    zone,
    { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
    exceptions,
  );
}

/** Epoch ms of a wall time, e.g. `at('2026-03-27T16:30')` in London. */
export function at(wallTime: string, zone = 'Europe/London'): number {
  return Temporal.PlainDateTime.from(wallTime).toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds;
}

/** Epoch ms as UTC text, for readable expectations. */
export function utc(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
