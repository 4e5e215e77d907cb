// Whether an improvement helped, by the test fixed in advance (model F.6): the share of the promised shift that was
// reached, and an exact one-sided rank test (Mann-Whitney, mid-ranks for ties) in the promised direction.

export interface Effect {
  before: { n: number; mean: number };
  after: { n: number; mean: number };
  /** Achieved over promised shift, from one baseline to the level after; 1 is all that was promised. */
  share: number;
  /** One-sided; exact with at most twenty values in each group, else by the normal approximation with tie correction. */
  p: number;
  /** Fewer than twelve values before: flagged, still decisive. */
  short: boolean;
  verdict: 'effective' | 'inconclusive' | 'not_effective';
}

const enough = 12;
const largestExact = 20;

/** What is compared beside the values: where each window stands as a whole, and where the promise leads from the first. */
export interface Promised {
  levels: { before: number; after: number };
  target: number;
}

/** Compares two windows. Null without values on a side, or when nothing was promised. */
export function effectOf(
  before: readonly number[],
  after: readonly number[],
  { levels, target }: Promised,
): Effect | null {
  const promisedShift = target - levels.before;
  if (!before.length || !after.length || promisedShift === 0) return null;
  const share = (levels.after - levels.before) / promisedShift;
  const p = rankTest(before, after, promisedShift > 0);
  const evident = p < 0.05;
  return {
    before: { n: before.length, mean: levels.before },
    after: { n: after.length, mean: levels.after },
    share,
    p,
    short: before.length < enough,
    verdict: share < 0.5 ? 'not_effective' : evident ? 'effective' : 'inconclusive',
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The probability of a rank sum of `after` at least as far in the promised direction, if nothing had happened. */
function rankTest(before: readonly number[], after: readonly number[], upwards: boolean): number {
  const values = [...before, ...after];
  const ranks = doubledMidRanks(values);
  const observed = ranks.slice(before.length).reduce((sum, rank) => sum + rank, 0);
  if (before.length <= largestExact && after.length <= largestExact)
    return exact(ranks, after.length, observed, upwards);
  return approximate(ranks, { before: before.length, after: after.length }, observed, upwards);
}

/** Mid-ranks times two, so that they are whole numbers. */
function doubledMidRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** Counts, for every rank sum, the choices of `size` values that give it; all are equally likely. */
function exact(ranks: readonly number[], size: number, observed: number, upwards: boolean): number {
  const ways: Map<number, number>[] = Array.from({ length: size + 1 }, () => new Map<number, number>());
  ways[0]?.set(0, 1);
  for (const rank of ranks) {
    for (let chosen = size; chosen > 0; chosen--) {
      for (const [sum, count] of ways[chosen - 1] ?? []) {
        const next = ways[chosen];
        next?.set(sum + rank, (next.get(sum + rank) ?? 0) + count);
      }
    }
  }
  let total = 0;
  let asFar = 0;
  for (const [sum, count] of ways[size] ?? []) {
    total += count;
    if (upwards ? sum >= observed : sum <= observed) asFar += count;
  }
  return asFar / total;
}

function approximate(
  ranks: readonly number[],
  sizes: { before: number; after: number },
  observed: number,
  upwards: boolean,
): number {
  const n = sizes.before + sizes.after;
  const centre = mean(ranks);
  const spread = ranks.reduce((sum, rank) => sum + (rank - centre) ** 2, 0) / (n - 1);
  const deviation = Math.sqrt((sizes.before * sizes.after * spread) / n);
  if (deviation === 0) return 1;
  const z = (observed - sizes.after * centre) / deviation;
  return upperTail(upwards ? z : -z);
}

/** Of the standard normal distribution; Abramowitz and Stegun 26.2.17, off by less than 7.5e-8. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.231_641_9 * z);
  const polynomial =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
