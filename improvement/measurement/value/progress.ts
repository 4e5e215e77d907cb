import { compare, decimal, rational } from '../../../core/money/rational.ts';
import { attainment, maintained } from '../attainment.ts';
import type { Attainment } from '../attainment.ts';
import type { MeasuredPeriod } from './store.ts';

export interface OutcomePromise {
  baseline: number | null;
  target: number | null;
  direction: string | null;
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
 * newest, and how many of the newest in a row reached the target, or missed it. An outcome to be maintained lies between baseline and target.
 */
export function progressOf(
  { baseline, target, direction }: OutcomePromise,
  periods: readonly MeasuredPeriod[],
): ProgressOfOutcome {
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
  const known = baseline !== null && target !== null;
  const reached = (values: readonly number[]): Attainment | null => {
    const [actual] = values;
    if (!known || actual === undefined) return null;
    if (direction !== 'maintain') return attainment({ baseline, target, actual });
    return maintained(values, { low: Math.min(baseline, target), high: Math.max(baseline, target) });
  };
  const now = direction === 'maintain' ? reached(periods.map(({ value }) => value)) : reached([newest.value]);
  const attained = periods.map(({ value }) => isAttained(reached([value])));
  return {
    latest: newest.value,
    latestAt: `${newest.periodTo}T00:00:00.000Z`,
    latestGrade: newest.grade,
    attainment: now && Number(decimal(now.clamped, 6)),
    unclampedAttainment: now && Number(decimal(now.unclamped, 6)),
    attainedPeriods: inARow(attained, true),
    missedPeriods: known ? inARow(attained, false) : 0,
  };
}

/** How many from the first on are so. */
function inARow(attained: readonly boolean[], so: boolean): number {
  const other = attained.indexOf(!so);
  return other === -1 ? attained.length : other;
}

const isAttained = (reached: Attainment | null) => reached !== null && compare(reached.unclamped, rational(1)) >= 0;
