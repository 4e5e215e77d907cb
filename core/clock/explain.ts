// Tells where the time of a clock went, stretch by stretch, so that a figure on a screen can be checked by its reader.

import { exceptionNamesOn, localDate } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { openIntervals } from './business-time.ts';
import { clip } from './expand.ts';
import type { Interval } from './expand.ts';

export interface Segment extends Interval {
  kind: 'working' | 'outside_hours' | 'paused';
  /** Of a pause: its reason. Outside hours: the holidays in the stretch, if any. */
  reason: string | null;
}

interface ReasonedInterval {
  from: number;
  to: number | null;
  reason: string;
}

/** The stretches from one instant to another in order, without gaps; overlapping pauses show the one that began first. */
export function explain(calendar: Calendar, from: number, to: number, pauses: readonly ReasonedInterval[]): Segment[] {
  const segments: Segment[] = [];
  let at = from;
  for (const { from: begin, to: end, reason } of pauses.toSorted((one, other) => one.from - other.from)) {
    const stretch = clip({ from: begin, to: end ?? Infinity }, { from: at, to });
    if (stretch.to <= stretch.from) continue;
    segments.push(...stretches(calendar, at, stretch.from), { ...stretch, kind: 'paused', reason });
    at = stretch.to;
  }
  return [...segments, ...stretches(calendar, at, to)];
}

function stretches(calendar: Calendar, from: number, to: number): Segment[] {
  if (to <= from) return [];
  const segments: Segment[] = [];
  let at = from;
  for (const open of openIntervals(calendar, from, to)) {
    if (open.from > at) segments.push(closed(calendar, at, open.from));
    segments.push({ ...open, kind: 'working', reason: null });
    at = open.to;
  }
  if (at < to) segments.push(closed(calendar, at, to));
  return segments;
}

function closed(calendar: Calendar, from: number, to: number): Segment {
  const last = localDate(calendar.zone, to - 1);
  const names = new Set<string>();
  for (
    let date = localDate(calendar.zone, from);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (const name of exceptionNamesOn(calendar, date)) names.add(name);
  }
  return { from, to, kind: 'outside_hours', reason: names.size === 0 ? null : [...names].join(', ') };
}
