// Amounts are integers in minor units of one currency; nothing here converts.

/** One party's share of an amount. Weights are non-negative integers, such as counts; ids are unique. */
export interface Share {
  readonly id: string;
  readonly weight: number;
}

/**
 * Splits an amount (minor units, may be negative) by weight so that the parts sum to it exactly: largest remainder,
 * ties to the larger share, then to the lower id; a negative amount is split by its magnitude.
 * Throws without shares or when all weights are 0.
 *
 * `allocate(4_620_000, [{ id: 'a', weight: 38_000 }, { id: 'b', weight: 23_400 }])` gives 2,859,283 and 1,760,717.
 */
export function allocate(amount: number, shares: readonly Share[]): Map<string, number> {
  assertShares(amount, shares);
  const total = shares.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  if (total === 0n) throw new RangeError('an amount cannot be split by weights that are all 0');
  const magnitude = BigInt(Math.abs(amount));
  const parts = shares.map(({ id, weight }) => {
    const product = magnitude * BigInt(weight);
    return { id, weight, whole: product / total, rest: product % total };
  });
  const left = magnitude - parts.reduce((sum, { whole }) => sum + whole, 0n);
  const favoured = new Set(
    parts
      .toSorted(byRemainder)
      .slice(0, Number(left))
      .map(({ id }) => id),
  );
  const sign = amount < 0 ? -1 : 1;
  return new Map(
    parts.map(({ id, whole }) => [id, withoutNegativeZero(sign * (Number(whole) + (favoured.has(id) ? 1 : 0)))]),
  );
}

/**
 * Rounds half away from zero to a number of decimal digits (0 to 15), e.g. `1.005` to 2 digits is `1.01` and
 * `-2.5` to 0 is `-3`. The decimal text of the number is rounded, not its binary value, so that an amount typed as
 * 1.005 rounds as its reader expects. Use it once, at the end.
 */
export function roundHalfAwayFromZero(value: number, digits: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be rounded`);
  if (!Number.isInteger(digits) || digits < 0 || digits > 15) throw new RangeError(`${digits} is no number of digits`);
  const magnitude = Math.round(shift(Math.abs(value), digits));
  return withoutNegativeZero(Math.sign(value) * shift(magnitude, -digits));
}

/** Moves the decimal point in the number's own decimal text, which multiplication by a power of ten would not keep. */
function shift(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

function byRemainder(
  one: { id: string; weight: number; rest: bigint },
  other: { id: string; weight: number; rest: bigint },
): number {
  if (one.rest !== other.rest) return one.rest > other.rest ? -1 : 1;
  if (one.weight !== other.weight) return other.weight - one.weight;
  return one.id < other.id ? -1 : 1;
}

function assertShares(amount: number, shares: readonly Share[]): void {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is no amount in minor units`);
  if (new Set(shares.map(({ id }) => id)).size !== shares.length) throw new RangeError('two shares have the same id');
  for (const { id, weight } of shares) {
    if (!Number.isSafeInteger(weight) || weight < 0)
      throw new RangeError(`the weight of ${id} is no whole number: ${weight}`);
  }
}

function withoutNegativeZero(value: number): number {
  return value === 0 ? 0 : value;
}
