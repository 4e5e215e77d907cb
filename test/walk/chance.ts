// Chance that a number repeats: the same seed draws the same walk.

export interface Chance {
  /** From 0 to below 1. */
  next: () => number;
  /** From 0 to below `of`. */
  below: (of: number) => number;
  isOne: (inTimes: number) => boolean;
  pick: <T>(of: readonly T[]) => T | undefined;
  /** Each with how often it comes. */
  weighed: <T>(of: readonly T[], weight: (each: T) => number) => T | undefined;
}

/** Mulberry32: small, and even enough to draw acts by. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (of: number) => Math.floor(next() * of);
  return {
    next,
    below,
    isOne: (inTimes) => below(inTimes) === 0,
    pick: (of) => of[below(of.length)],
    weighed: (of, weight) => {
      let left = next() * of.reduce((sum, each) => sum + weight(each), 0);
      return of.find((each) => (left -= weight(each)) < 0) ?? of.at(-1);
    },
  };
}
