// How far an outcome has come from its baseline to its target, in exact fractions; `decimal` rounds them for display.

import { add, compare, divide, multiply, rational, subtract, sum } from '../../core/money/rational.ts';
import type { Rational } from '../../core/money/rational.ts';

/** Decimals as they were entered, all in the outcome's unit. */
export interface Progress {
  readonly baseline: number;
  readonly target: number;
  readonly actual: number;
}

/** A share of 1 as measured, and clamped to 0 to 1.2 for weighing: one outcome overdone hides at most a fifth of itself of another missed. */
export interface Attainment {
  unclamped: Rational;
  clamped: Rational;
}

const ceiling = rational('1.2');
const zero = rational(0);
const one = rational(1);

/**
 * `(baseline - actual) / (baseline - target)`, for a decrease and an increase alike. Null when baseline and target
 * are equal: such an outcome is to be maintained, see `maintained`.
 */
export function attainment({ baseline, target, actual }: Progress): Attainment | null {
  const way = subtract(rational(baseline), rational(target));
  if (compare(way, zero) === 0) return null;
  return clamp(divide(subtract(rational(baseline), rational(actual)), way));
}

/** The share of periods within the band (limits included); null entries are periods without data and do not count. Null without any. */
export function maintained(values: readonly (number | null)[], band: { low: number; high: number }): Attainment | null {
  const measured = values.filter((value) => value !== null);
  if (measured.length === 0) return null;
  const within = measured.filter((value) => band.low <= value && value <= band.high);
  return clamp(divide(rational(within.length), rational(measured.length)));
}

/** An outcome's weight, and its attainment or null where it was not measured. */
export interface WeightedAttainment {
  readonly weight: number;
  readonly attainment: Attainment | null;
}

/**
 * Sum of weight times clamped attainment, with the weight that was measured. `value` is null while any outcome is
 * unmeasured: missing is neither zero nor met. Throws unless the weights sum to 1.
 */
export function serviceAttainment(outcomes: readonly WeightedAttainment[]): {
  value: Rational | null;
  coverage: Rational;
} {
  const weights = sum(outcomes.map(({ weight }) => rational(weight)));
  if (compare(weights, one) !== 0) throw new RangeError('the weights of the outcomes must sum to 1');
  let value = zero;
  let coverage = zero;
  for (const { weight, attainment: reached } of outcomes) {
    if (!reached) continue;
    value = add(value, multiply(rational(weight), reached.clamped));
    coverage = add(coverage, rational(weight));
  }
  return { value: compare(coverage, one) === 0 ? value : null, coverage };
}

/**
 * VRI: verified over planned benefit, both in minor units of one currency and over the same periods.
 * Null when nothing was planned.
 */
export function valueRealisationIndex(
  benefits: readonly { verifiedMinor: number; plannedMinor: number }[],
): Rational | null {
  const planned = sum(benefits.map(({ plannedMinor }) => rational(plannedMinor)));
  if (compare(planned, zero) === 0) return null;
  return divide(sum(benefits.map(({ verifiedMinor }) => rational(verifiedMinor))), planned);
}

function clamp(unclamped: Rational): Attainment {
  if (compare(unclamped, zero) < 0) return { unclamped, clamped: zero };
  return { unclamped, clamped: compare(unclamped, ceiling) > 0 ? ceiling : unclamped };
}
