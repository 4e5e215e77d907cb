import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, wilsonInterval } from './percentile.ts';

describe('percentile', () => {
  it('interpolates as percentile_cont does', () => {
    expect(percentile([10, 20, 30, 40], 0.9)).toBeCloseTo(37, 12);
    expect(median([18, 31, 15, 24, 20, 24])).toBe(22);
    expect(median([3, 1, 2])).toBe(2);
  });

  it('has no value without data', () => {
    expect([percentile([], 0.9), median([])]).toEqual([null, null]);
  });

  it('lies between the extremes, grows with the share and ignores the order', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share) ?? Number.NaN;
        expect(found).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(percentile(values.toReversed(), share)).toBe(found);
        expect(percentile(values, share / 2)).toBeLessThanOrEqual(found + 1e-9);
      }),
    );
  });
});

describe('Wilson interval', () => {
  it('agrees with published figures', () => {
    // 15 of 148: Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    const { low, high } = wilsonInterval(15, 148) ?? { low: 0, high: 0 };
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0624', '0.1605']);
  });

  it('stays between 0 and 1 and around the share, also for none and for all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (total, pick) => {
        const successes = pick % (total + 1);
        const { low, high } = wilsonInterval(successes, total) ?? { low: NaN, high: NaN };
        expect(
          low >= 0 && high <= 1 && low <= successes / total + 1e-12 && high >= successes / total - 1e-12 && low < high,
        ).toBe(true);
      }),
    );
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
