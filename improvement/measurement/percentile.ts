/**
 * Percentile by linear interpolation between the two nearest values, as `percentile_cont` of SQL has it; `share` is 0 to 1.
 * Null without values: no data is not zero. Never average percentiles, recompute them from the values.
 */
export function percentile(values: readonly number[], share: number): number | null {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${share} is no share between 0 and 1`);
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle value, or the mean of the middle two. Null without values. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5);
}

/** The 97.5 % point of the standard normal distribution: 95 % lie within it on both sides. */
const z95 = 1.959963984540054;

/**
 * Wilson score interval of a proportion (Wilson 1927), 95 % by default, as shares of 1. Unlike the normal
 * approximation it holds for few answers and for shares near 0 and 1. Null without answers.
 */
export function wilsonInterval(
  successes: number,
  total: number,
  z: number = z95,
): { low: number; high: number } | null {
  if (!Number.isInteger(successes) || !Number.isInteger(total) || successes < 0 || successes > total)
    throw new RangeError(`${successes} of ${total} is no proportion`);
  if (total === 0) return null;
  const share = successes / total;
  const centre = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
