import { add, compare, multiply, rational, sum, toNumber } from '../../core/money/rational.ts';

export interface WeightedOutcome {
  /** Null where a single outcome is the whole. */
  weight: number | null;
  /** Clamped to 0 to 1.2; null while unmeasured. */
  attainment: number | null;
}

/**
 * Sum of weight times attainment over a service's outcomes (model E.3), the weights scaled to add up to 1 over all packages.
 * Null while an outcome is unmeasured, or there is none: missing is neither zero nor met.
 */
export function weightedAttainment(outcomes: readonly WeightedOutcome[]): number | null {
  if (!outcomes.length) return null;
  let total = rational(0);
  for (const { weight, attainment } of outcomes) {
    if (attainment === null) return null;
    total = add(total, multiply(rational(weight ?? 1), rational(attainment)));
  }
  const weights = sum(outcomes.map(({ weight }) => rational(weight ?? 1)));
  return compare(weights, rational(0)) === 0 ? null : toNumber(total) / toNumber(weights);
}
