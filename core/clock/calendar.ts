// What a calendar of open hours is, and which of its exceptions hold on a date. Instants come in expand.ts.

import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { isZone } from './zone.ts';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/**
 * Wall times `HH:MM` or `HH:MM:SS`; `24:00` is the end of the date. A `to` before its `from` lies on the next date;
 * the interval belongs to the date it starts on, e.g. `{ from: '22:00', to: '06:00' }` on Friday ends on Saturday.
 */
export interface WallInterval {
  from: string;
  to: string;
}

export type WeeklyHours = { readonly [Day in Weekday]?: readonly WallInterval[] };

interface ExceptionBase {
  /** Shown to people, e.g. `Easter Monday`. */
  name?: string;
  /** Epoch ms at which it became known, for `pinCalendar`; without it, it was always known. */
  recordedAt?: number;
  /** Set by `pinCalendar`: holds only on dates that begin at or after this instant (epoch ms). */
  daysFrom?: number;
}

/** Closed from the first to the last date inclusive (`YYYY-MM-DD`); `everyYear` compares month and day only. */
export interface Holiday extends ExceptionBase {
  kind: 'holiday';
  from: string;
  to: string;
  everyYear?: boolean;
}
/** Hours open on one date besides its weekly ones; also on a holiday. */
export interface ExtraDay extends ExceptionBase {
  kind: 'extra_day';
  date: string;
  hours: readonly WallInterval[];
}
/** Hours that stand in place of all others from the first to the last date inclusive; none means closed. */
export interface ChangedHours extends ExceptionBase {
  kind: 'changed_hours';
  from: string;
  to: string;
  hours: readonly WallInterval[];
}

export type CalendarException = Holiday | ExtraDay | ChangedHours;

/** Weekly hours in force from a local date on (`null`: since ever) until the next version begins. */
export interface CalendarVersion {
  effectiveFrom: string | null;
  weekly: WeeklyHours;
}

/**
 * Open hours in wall time of an IANA zone. Treat it as a value: results are cached per object, so build a new one
 * instead of altering it.
 */
export interface Calendar {
  readonly zone: string;
  readonly versions: readonly CalendarVersion[];
  readonly exceptions: readonly CalendarException[];
}

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A calendar of one set of weekly hours. */
export function weeklyCalendar(
  zone: string,
  weekly: WeeklyHours,
  exceptions: readonly CalendarException[] = [],
): Calendar {
  return { zone, versions: [{ effectiveFrom: null, weekly }], exceptions };
}

/** A calendar that is always open. */
export function alwaysOpen(zone: string): Calendar {
  const day = [{ from: '00:00', to: '24:00' }];
  return weeklyCalendar(zone, { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day });
}

/** True when no date of the calendar can ever be closed. */
export function is24x7(calendar: Calendar): boolean {
  const alwaysThere = calendar.versions.some(({ effectiveFrom }) => effectiveFrom === null);
  const open = calendar.versions.every(({ weekly }) => weekdays.every((day) => coversDate(weekly[day] ?? [])));
  return alwaysThere && open && calendar.exceptions.every(({ kind }) => kind === 'extra_day');
}

/** True when a holiday names the date (`YYYY-MM-DD`), whatever the weekly hours say. */
export function isHoliday(calendar: Calendar, date: string): boolean {
  return calendar.exceptions.some((each) => each.kind === 'holiday' && coversHoliday(each, date));
}

/** The wall intervals that start on a date, exceptions applied: changed hours, else weekly hours unless holiday plus extra hours. */
export function hoursOn(calendar: Calendar, date: Temporal.PlainDate): readonly WallInterval[] {
  const text = date.toString();
  const holding = exceptionsOn(calendar, date, text);
  const changed = holding.findLast((each) => each.kind === 'changed_hours');
  if (changed) return changed.hours;
  const extra = holding.flatMap((each) => (each.kind === 'extra_day' ? each.hours : []));
  if (holding.some(({ kind }) => kind === 'holiday')) return extra;
  const day = weekdays[date.dayOfWeek - 1];
  const weekly = day && versionOn(calendar, text)?.weekly[day];
  return [...(weekly ?? []), ...extra];
}

/** The names of the holidays and closures that hold on a date. */
export function exceptionNamesOn(calendar: Calendar, date: Temporal.PlainDate): string[] {
  return exceptionsOn(calendar, date, date.toString()).flatMap(({ kind, name }) =>
    name && kind !== 'extra_day' ? [name] : [],
  );
}

const pinned = new WeakMap<Calendar, Map<string, Calendar>>();

/**
 * The calendar as a clock that started at an instant keeps it: the weekly hours then in force, and of the exceptions
 * recorded later only those on dates that begin after they were recorded.
 */
export function pinCalendar(calendar: Calendar, startedAt: number): Calendar {
  const version = versionOn(calendar, localDate(calendar.zone, startedAt).toString());
  const late = calendar.exceptions.filter(({ recordedAt }) => recordedAt !== undefined && recordedAt > startedAt);
  if (calendar.versions.length === 1 && version?.effectiveFrom === null && late.length === 0) return calendar;
  // One object per distinct result, or the cache of expanded hours would start empty for every clock.
  const known = pinned.get(calendar) ?? new Map<string, Calendar>();
  pinned.set(calendar, known);
  const key = `${version?.effectiveFrom}|${late.map((each) => calendar.exceptions.indexOf(each)).join()}`;
  const found = known.get(key);
  if (found) return found;
  const exceptions = calendar.exceptions.map((each) =>
    late.includes(each) ? { ...each, daysFrom: each.recordedAt } : each,
  );
  const made: Calendar = {
    zone: calendar.zone,
    versions: [{ effectiveFrom: null, weekly: version?.weekly ?? {} }],
    exceptions,
  };
  known.set(key, made);
  return made;
}

/** What an exception says, whenever it became known. */
export function exceptionKey(exception: CalendarException): string {
  const open = 'hours' in exception ? exception.hours.map(({ from, to }) => `${from}-${to}`) : [];
  const { recordedAt: _recorded, daysFrom: _from, ...said } = exception;
  return JSON.stringify(Object.entries({ ...said, open }).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Everything that keeps a calendar from being computed with, all at once. */
export function checkCalendar(calendar: Calendar): Refusal[] {
  const refusals: Refusal[] = [];
  if (!isZone(calendar.zone))
    refusals.push(
      refusal(
        'calendar.zone',
        `"${calendar.zone}" is not a time zone.`,
        'Give an IANA name such as Europe/London.',
        'zone',
      ),
    );
  const weekly = calendar.versions.flatMap((version) => weekdays.flatMap((day) => version.weekly[day] ?? []));
  const dated = calendar.exceptions.flatMap((each) => (each.kind === 'holiday' ? [] : each.hours));
  for (const { from, to } of [...weekly, ...dated]) {
    if (!isWallTime(from) || from.startsWith('24') || !isWallTime(to) || secondsOf(from) === secondsOf(to)) {
      refusals.push(
        refusal(
          'calendar.interval',
          `${from} to ${to} is not an interval of a day.`,
          'Give two different times from 00:00 to 24:00.',
          'hours',
        ),
      );
    }
  }
  const dates = calendar.exceptions.flatMap((each) => (each.kind === 'extra_day' ? [each.date] : [each.from, each.to]));
  const starts = calendar.versions.flatMap(({ effectiveFrom }) => effectiveFrom ?? []);
  for (const date of [...dates, ...starts]) {
    if (!isDate(date))
      refusals.push(refusal('calendar.date', `"${date}" is not a date.`, 'Give it as YYYY-MM-DD.', 'exceptions'));
  }
  return refusals;
}

/** The local date of an instant (epoch ms). */
export function localDate(zone: string, at: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

/** Seconds from midnight of a wall time; `24:00` is 86,400. */
export function secondsOf(wallTime: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = wallTime.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

function exceptionsOn(calendar: Calendar, date: Temporal.PlainDate, text: string): CalendarException[] {
  return calendar.exceptions.filter((each) => namesDate(each, text) && holdsFrom(each, calendar.zone, date));
}

function namesDate(exception: CalendarException, date: string): boolean {
  if (exception.kind === 'extra_day') return exception.date === date;
  if (exception.kind === 'holiday') return coversHoliday(exception, date);
  return exception.from <= date && date <= exception.to;
}

function coversHoliday({ from, to, everyYear }: Holiday, date: string): boolean {
  if (!everyYear) return from <= date && date <= to;
  const [first, last, day] = [from.slice(5), to.slice(5), date.slice(5)];
  // A yearly range such as 24 December to 1 January runs over the end of the year.
  return first <= last ? first <= day && day <= last : day >= first || day <= last;
}

function holdsFrom({ daysFrom }: CalendarException, zone: string, date: Temporal.PlainDate): boolean {
  return daysFrom === undefined || date.toZonedDateTime(zone).epochMilliseconds >= daysFrom;
}

function versionOn(calendar: Calendar, date: string): CalendarVersion | undefined {
  const begun = calendar.versions.filter(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= date);
  return begun.toSorted((one, other) => ((one.effectiveFrom ?? '') < (other.effectiveFrom ?? '') ? -1 : 1)).at(-1);
}

function coversDate(intervals: readonly WallInterval[]): boolean {
  let reached = 0;
  for (const { from, to } of intervals.toSorted((one, other) => secondsOf(one.from) - secondsOf(other.from))) {
    if (secondsOf(from) > reached) return false;
    const end = secondsOf(to) < secondsOf(from) ? 86_400 : secondsOf(to);
    reached = Math.max(reached, end);
  }
  return reached >= 86_400;
}

function isWallTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$|^24:00(:00)?$/.test(text);
}

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}
