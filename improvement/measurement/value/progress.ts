import { compare, decimal, rational } from '../../../core/money/rational.ts';
import { attainment, maintained } from '../attainment.ts';
import type { Attainment } from '../attainment.ts';
import type { MeasuredPeriod } from './store.ts';

export interface OutcomePromise {
  baseline: number | null;
  target: number | null;
  direction: string | null;
}

/** What was promised from a day on, where the customer is; null: from the beginning. */
export interface PromiseSince {
  from: string | null;
  promise: OutcomePromise;
}

export interface ProgressOfOutcome {
  latest: number | null;
  latestAt: string | null;
  latestGrade: string | null;
  /** Clamped to 0 to 1.2, as a decimal of six digits; null while it cannot be computed. */
  attainment: number | null;
  /** As measured: below 0 where it got worse than its baseline. */
  unclampedAttainment: number | null;
  attainedPeriods: number;
  missedPeriods: number;
}

/**
 * Where an outcome stands after its measured periods (newest first): `(baseline - actual) / (baseline - target)` of the
 * newest, and how many of the newest in a row reached the target, or missed it. An outcome to be maintained lies between baseline and
 * target. Each period is judged by what was promised when it ended: an amendment judges nothing that was over before it.
 */
export function progressOf(promises: readonly PromiseSince[], periods: readonly MeasuredPeriod[]): ProgressOfOutcome {
  const newest = periods[0];
  if (!newest)
    return {
      latest: null,
      latestAt: null,
      latestGrade: null,
      attainment: null,
      unclampedAttainment: null,
      attainedPeriods: 0,
      missedPeriods: 0,
    };
  const promiseOf = ({ periodTo }: MeasuredPeriod): OutcomePromise | undefined =>
    promises.findLast(({ from }) => from === null || from <= periodTo)?.promise;
  const promise = promiseOf(newest);
  const alike = periods.filter((each) => promiseOf(each) === promise).map(({ value }) => value);
  const now = promise && reached(promise, promise.direction === 'maintain' ? alike : [newest.value]);
  const judged = periods.map((each) => {
    const then = promiseOf(each);
    return then ? reached(then, [each.value]) : null;
  });
  return {
    latest: newest.value,
    latestAt: `${newest.periodTo}T00:00:00.000Z`,
    latestGrade: newest.grade,
    attainment: now ? Number(decimal(now.clamped, 6)) : null,
    unclampedAttainment: now ? Number(decimal(now.unclamped, 6)) : null,
    attainedPeriods: inARow(judged, isAttained),
    missedPeriods: inARow(judged, (each) => each !== null && !isAttained(each)),
  };
}

function reached({ baseline, target, direction }: OutcomePromise, values: readonly number[]): Attainment | null {
  const [actual] = values;
  if (baseline === null || target === null || actual === undefined) return null;
  if (direction !== 'maintain') return attainment({ baseline, target, actual });
  return maintained(values, { low: Math.min(baseline, target), high: Math.max(baseline, target) });
}

/** How many from the first on are so. */
function inARow(judged: readonly (Attainment | null)[], so: (each: Attainment | null) => boolean): number {
  const other = judged.findIndex((each) => !so(each));
  return other === -1 ? judged.length : other;
}

const isAttained = (judged: Attainment | null) => judged !== null && compare(judged.unclamped, rational(1)) >= 0;
