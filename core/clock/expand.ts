// Wall-time hours become instants here, in blocks of 32 days that are cached per calendar: a block is made once and
// then answers sums over years and searches for an instant without touching a zone rule again.

import { dayMs } from './units.ts';
import { hoursOn, localDate, secondsOf } from './calendar.ts';
import type { Calendar, WallInterval } from './calendar.ts';

/** Half-open `[from, to)` in epoch milliseconds. */
export interface Interval {
  from: number;
  to: number;
}

export interface Block extends Interval {
  /** Open time inside the block: sorted, apart from each other, counted once. */
  open: readonly Interval[];
  totalMs: number;
}

/** Blocks lie on one grid of instants for all calendars. */
const blockMs = 32 * dayMs;
/** An overnight interval, a day a zone skips and the offset itself move an interval by less than this. */
const marginDays = 3;
/** About 44 years either way: what a calendar does not offer in that time it never offers. */
export const horizonBlocks = 500;

const cache = new WeakMap<Calendar, Map<number, Block>>();

export function blockIndex(at: number): number {
  return Math.floor(at / blockMs);
}

/** The open time of one block of the grid. */
export function blockOf(calendar: Calendar, index: number): Block {
  const blocks = cache.get(calendar) ?? new Map<number, Block>();
  cache.set(calendar, blocks);
  const known = blocks.get(index);
  if (known) return known;
  // A search through centuries must not stay in memory.
  if (blocks.size > 2 * horizonBlocks) blocks.clear();
  const made = makeBlock(calendar, index);
  blocks.set(index, made);
  return made;
}

/** The instants of the intervals that start on a date; empty ones are left out. */
export function intervalsOn(calendar: Calendar, date: Temporal.PlainDate): Interval[] {
  return hoursOn(calendar, date)
    .map((hours) => resolve(calendar.zone, date, hours))
    .filter(({ from, to }) => to > from);
}

/** Sorts intervals and joins those that overlap or touch. */
export function union(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { from, to } of intervals.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) joined.push({ from, to });
  }
  return joined;
}

/** The part of an interval inside another; empty when `to` is not after `from`. */
export function clip(interval: Interval, within: Interval): Interval {
  return { from: Math.max(interval.from, within.from), to: Math.min(interval.to, within.to) };
}

function makeBlock(calendar: Calendar, index: number): Block {
  const block = { from: index * blockMs, to: (index + 1) * blockMs };
  const last = localDate(calendar.zone, block.to).add({ days: marginDays });
  const found: Interval[] = [];
  let date = localDate(calendar.zone, block.from).subtract({ days: marginDays });
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    found.push(...intervalsOn(calendar, date));
  const open = union(found.map((each) => clip(each, block)).filter(({ from, to }) => to > from));
  return { ...block, open, totalMs: open.reduce((sum, { from, to }) => sum + to - from, 0) };
}

/**
 * A gap takes the offset in force before it; in an overlap a start is the earlier instant and an end the later one,
 * so that an overlap never shortens an interval.
 */
function resolve(zone: string, date: Temporal.PlainDate, { from, to }: WallInterval): Interval {
  const [start, end] = [secondsOf(from), secondsOf(to)];
  return {
    from: instantOf(zone, date, start, 'compatible'),
    to: instantOf(zone, end < start ? date.add({ days: 1 }) : date, end, 'later'),
  };
}

function instantOf(
  zone: string,
  date: Temporal.PlainDate,
  seconds: number,
  disambiguation: 'compatible' | 'later',
): number {
  return date.toPlainDateTime().add({ seconds }).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}
