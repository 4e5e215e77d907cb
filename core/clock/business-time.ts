// Arithmetic on open time. Instants are integers, epoch milliseconds; a calendar is never asked for wall times here.

import { minuteMs } from './units.ts';
import { localDate } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { blockIndex, blockOf, clip, horizonBlocks, intervalsOn, union } from './expand.ts';
import type { Interval } from './expand.ts';

/** Time that does not count; `to: null` while it lasts. An interval that ends before it starts counts for nothing. */
export interface Pause {
  from: number;
  to: number | null;
}

/** Open milliseconds from one instant to another, less the pauses (their union, so nothing is taken off twice). An end before its start gives 0. */
export function elapsed(calendar: Calendar, from: number, to: number, pauses: readonly Pause[] = []): number {
  assertInstants(from, to);
  if (to <= from) return 0;
  const paused = unionOf(pauses, { from, to }).reduce((sum, each) => sum + openMs(calendar, each), 0);
  return openMs(calendar, { from, to }) - paused;
}

/**
 * The first instant at which the target (minutes, not negative) of open, unpaused time has passed since the start.
 * Used up exactly at closing time it is due at closing; a target of 0 is due at the first open instant at or after
 * the start. Null when a pause without end or a calendar without hours keeps it from ever coming.
 */
export function due(
  calendar: Calendar,
  start: number,
  targetMinutes: number,
  pauses: readonly Pause[] = [],
): number | null {
  let remaining = millisecondsOf(targetMinutes);
  assertInstants(start);
  const isZero = remaining === 0;
  let at = start;
  for (const pause of unionOf(pauses, { from: start, to: Infinity })) {
    const found = dueUnpaused(calendar, at, remaining);
    if (found === null) return null;
    // A target of 0 needs an instant that counts; any other target may be used up just as the pause begins.
    if (isZero ? found < pause.from : found <= pause.from) return found;
    remaining -= openMs(calendar, { from: at, to: pause.from });
    at = pause.to;
  }
  return at === Infinity ? null : dueUnpaused(calendar, at, remaining);
}

/**
 * The last instant from which the target (minutes, not negative) of open time passes until the end. A target of 0 gives the last instant
 * at or before the end that is open or ends open time. Null when there is none.
 */
export function startFor(calendar: Calendar, end: number, targetMinutes: number): number | null {
  let remaining = millisecondsOf(targetMinutes);
  assertInstants(end);
  if (remaining === 0 && isOpen(calendar, end)) return end;
  // Minus one: an end on the grid belongs to the block before it.
  for (let index = blockIndex(end - 1), seen = 0; seen < horizonBlocks; index--, seen++) {
    const block = blockOf(calendar, index);
    if (block.to <= end && block.totalMs < remaining) {
      remaining -= block.totalMs;
      continue;
    }
    for (const each of block.open.toReversed()) {
      const to = Math.min(each.to, end);
      if (each.from >= end) continue;
      if (to - each.from >= remaining) return to - remaining;
      remaining -= to - each.from;
    }
  }
  return null;
}

/** Open intervals between two instants, joined and clipped to them. */
export function openIntervals(calendar: Calendar, from: number, to: number): Interval[] {
  assertInstants(from, to);
  const found: Interval[] = [];
  for (let index = blockIndex(from); index <= blockIndex(to - 1); index++) found.push(...blockOf(calendar, index).open);
  return union(found.map((each) => clip(each, { from, to })).filter((each) => each.to > each.from));
}

/** True at the opening instant and until, not at, the closing one. */
export function isOpen(calendar: Calendar, at: number): boolean {
  assertInstants(at);
  return blockOf(calendar, blockIndex(at)).open.some(({ from, to }) => from <= at && at < to);
}

/** True when open time starts on the date (`YYYY-MM-DD`), whatever the hour. */
export function isWorkingDay(calendar: Calendar, date: string): boolean {
  return lastClosingOn(calendar, Temporal.PlainDate.from(date)) !== null;
}

/**
 * Moves by n working days (negative: backwards), the date of the start not counted, and keeps the wall time.
 * With `endOfWorkingDay` the result is that date's last closing; n = 0 then means the first working day from the
 * start's date on. Null when the calendar has not that many working days within a century.
 */
export function addWorkingDays(
  calendar: Calendar,
  start: number,
  days: number,
  options: { endOfWorkingDay?: boolean } = {},
): number | null {
  assertInstants(start);
  if (!Number.isInteger(days)) throw new RangeError(`${days} is not a whole number of days`);
  const { zone } = calendar;
  const wall = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toPlainDateTime();
  const found = workingDate(calendar, localDate(zone, start), days, options.endOfWorkingDay ?? false);
  if (found === null) return null;
  if (options.endOfWorkingDay) return lastClosingOn(calendar, found);
  return found.toPlainDateTime(wall.toPlainTime()).toZonedDateTime(zone).epochMilliseconds;
}

function workingDate(
  calendar: Calendar,
  start: Temporal.PlainDate,
  days: number,
  mustBeWorking: boolean,
): Temporal.PlainDate | null {
  let date = start;
  let left = Math.abs(days);
  if (left === 0 && (!mustBeWorking || lastClosingOn(calendar, date) !== null)) return date;
  if (left === 0) left = 1;
  const step = { days: days < 0 ? -1 : 1 };
  for (let seen = 0; seen < 36_525; seen++) {
    date = date.add(step);
    if (lastClosingOn(calendar, date) !== null) left--;
    if (left === 0) return date;
  }
  return null;
}

function lastClosingOn(calendar: Calendar, date: Temporal.PlainDate): number | null {
  const closings = intervalsOn(calendar, date).map(({ to }) => to);
  return closings.length === 0 ? null : Math.max(...closings);
}

function dueUnpaused(calendar: Calendar, start: number, targetMs: number): number | null {
  if (start === Infinity) return null;
  let remaining = targetMs;
  for (let index = blockIndex(start), seen = 0; seen < horizonBlocks; index++, seen++) {
    const block = blockOf(calendar, index);
    if (block.from >= start && block.totalMs < remaining) {
      remaining -= block.totalMs;
      continue;
    }
    for (const each of block.open) {
      const from = Math.max(each.from, start);
      if (each.to <= start) continue;
      if (each.to - from >= remaining) return from + remaining;
      remaining -= each.to - from;
    }
  }
  return null;
}

function openMs(calendar: Calendar, { from, to }: Interval): number {
  let sum = 0;
  for (let index = blockIndex(from); index <= blockIndex(to - 1); index++) {
    const block = blockOf(calendar, index);
    if (from <= block.from && block.to <= to) sum += block.totalMs;
    else for (const each of block.open) sum += Math.max(0, Math.min(each.to, to) - Math.max(each.from, from));
  }
  return sum;
}

function unionOf(pauses: readonly Pause[], within: Interval): Interval[] {
  const closed = pauses.map(({ from, to }) => clip({ from, to: to ?? Infinity }, within));
  return union(closed.filter(({ from, to }) => to > from));
}

function millisecondsOf(minutes: number): number {
  const milliseconds = Math.round(minutes * minuteMs);
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) throw new RangeError(`${minutes} minutes is no target`);
  return milliseconds;
}

function assertInstants(...instants: number[]): void {
  for (const at of instants)
    if (!Number.isSafeInteger(at)) throw new RangeError(`${at} is no instant in whole milliseconds`);
}
