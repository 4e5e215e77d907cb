// People type times to the minute, machines note them to the millisecond: what is compared must be equally exact.
import { minuteMs } from './units.ts';

const second = 1_000;

/** How exactly an instant was given, in milliseconds: what has no seconds was given to the minute. */
function precisionOf(at: number): number {
  if (at % minuteMs === 0) return minuteMs;
  return at % second === 0 ? second : 1;
}

/**
 * Whether an instant lies before another, at the precision of the less exact one: 10:05 is not before 10:05:40.
 * @example isEarlier('2026-03-02T10:05:00Z', '2026-03-02T10:05:40.228Z') // false
 */
export function isEarlier(one: string, other: string): boolean {
  const [first, last] = [Date.parse(one), Date.parse(other)];
  const unit = Math.max(precisionOf(first), precisionOf(last));
  return Math.floor(first / unit) < Math.floor(last / unit);
}
