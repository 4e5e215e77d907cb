// Which trait of the cases goes with a missed target more than chance explains. Pure.

/** Cases that share a value of a dimension. */
export interface Bucket {
  dimension: string;
  value: string;
  n: number;
  misses: number;
}

export interface Cause extends Bucket {
  /** Of all misses, the share that these cases have. */
  share: number;
  missRate: number;
  /** Of all other cases. */
  restRate: number;
  /** Misses beyond those that these cases would have at the rate of the rest. */
  excess: number;
}

const least = 30;
/** A trait of nearly all cases explains nothing. */
const mostShare = 0.9;
/** Two-proportion z; three standard errors, because many values are tried. */
const evident = 3;
const leastRatio = 1.2;

/** Causes by excess misses, the largest first; only those with enough cases on both sides and a difference beyond chance. */
export function paretoOf(buckets: readonly Bucket[], total: { n: number; misses: number }): Cause[] {
  return buckets
    .flatMap((bucket): Cause[] => {
      const rest = { n: total.n - bucket.n, misses: total.misses - bucket.misses };
      if (bucket.n < least || rest.n < least || bucket.n > mostShare * total.n) return [];
      const [missRate, restRate] = [bucket.misses / bucket.n, rest.misses / rest.n];
      const pooled = total.misses / total.n;
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / bucket.n + 1 / rest.n));
      if (error === 0 || (missRate - restRate) / error < evident || missRate < restRate * leastRatio) return [];
      return [
        {
          ...bucket,
          share: bucket.misses / total.misses,
          missRate,
          restRate,
          excess: bucket.misses - bucket.n * restRate,
        },
      ];
    })
    .toSorted((one, other) => other.excess - one.excess);
}
