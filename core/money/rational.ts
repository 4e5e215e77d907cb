// Exact fractions: a figure is computed from the decimals that people typed and rounded once, when it is shown.

/** A fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Reads a decimal as it is written: 0.1 (number or text) is one tenth, not the binary number next to it. Throws on anything else. */
export function rational(value: number | string): Rational {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(String(value)) ?? [];
  if (whole === '') throw new RangeError(`${value} is not a decimal`);
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const scale = Number(exponent) - fraction.length;
  return scale >= 0 ? lowestTerms(digits * 10n ** BigInt(scale), 1n) : lowestTerms(digits, 10n ** BigInt(-scale));
}

export function add(one: Rational, other: Rational): Rational {
  return lowestTerms(
    one.numerator * other.denominator + other.numerator * one.denominator,
    one.denominator * other.denominator,
  );
}

export function subtract(one: Rational, other: Rational): Rational {
  return add(one, { numerator: -other.numerator, denominator: other.denominator });
}

export function multiply(one: Rational, other: Rational): Rational {
  return lowestTerms(one.numerator * other.numerator, one.denominator * other.denominator);
}

/** Throws on division by zero. */
export function divide(one: Rational, other: Rational): Rational {
  return lowestTerms(one.numerator * other.denominator, one.denominator * other.numerator);
}

/** Negative, zero or positive as the first is less than, equal to or greater than the second. */
export function compare(one: Rational, other: Rational): number {
  const difference = one.numerator * other.denominator - other.numerator * one.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export function sum(values: readonly Rational[]): Rational {
  return values.reduce(add, rational(0));
}

/** The nearest binary number: for charts, never for another calculation. */
export function toNumber(value: Rational): number {
  // Both parts may be beyond 2^53; twenty decimal digits are more than a binary number keeps.
  const magnitude = value.numerator < 0n ? -value.numerator : value.numerator;
  const lead = Math.max(0, value.denominator.toString().length - magnitude.toString().length);
  return Number(decimal(value, lead + 20));
}

/** Decimal text rounded once, half away from zero, e.g. `decimal(rational('84.375'), 2)` is `84.38`. */
export function decimal({ numerator, denominator }: Rational, digits: number): string {
  const scaled = (numerator < 0n ? -numerator : numerator) * 10n ** BigInt(digits);
  const rounded = (2n * scaled + denominator) / (2n * denominator);
  const text = rounded.toString().padStart(digits + 1, '0');
  const split = text.length - digits;
  const sign = numerator < 0n && rounded > 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, split)}.${text.slice(split)}`;
}

function lowestTerms(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 0n) throw new RangeError('division by zero');
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator * sign) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
