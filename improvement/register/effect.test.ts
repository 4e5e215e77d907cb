import { describe, expect, it } from 'vitest';
import { effectOf as compared } from './effect.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** By the plain means, and a shift from the first. */
const effectOf = (one: readonly number[], other: readonly number[], shift: number) =>
  compared(one, other, { levels: { before: mean(one), after: mean(other) }, target: mean(one) + shift });

const before = [18, 31, 15, 24, 20, 24];
const after = [3, 6, 4, 5, 2, 7, 4, 5];

describe('the effect of an improvement', () => {
  it('is shown by complete separation of the windows: one choice in 3,003', () => {
    const effect = effectOf(before, after, -18);
    expect(effect).toMatchObject({
      before: { n: 6, mean: 22 },
      after: { n: 8, mean: 4.5 },
      short: true,
      verdict: 'effective',
    });
    expect(effect?.p).toBeCloseTo(1 / 3003, 12);
  });

  it('is not there when less than half of the promised shift was reached, however certain', () => {
    expect(effectOf(before, after, -40)?.verdict).toBe('not_effective');
  });

  it('is not there when the values moved the other way', () => {
    expect(effectOf(before, after, 18)).toMatchObject({ verdict: 'not_effective', p: 1 });
  });

  it('is inconclusive when the shift was reached but could be chance', () => {
    expect(effectOf([10, 12], [7, 8], -4)?.verdict).toBe('inconclusive');
  });

  it('gives tied values the middle rank', () => {
    // Of the six choices of two, all but the one with both tens give at least this sum.
    expect(effectOf([10, 12], [12, 12], 2)?.p).toBeCloseTo(1 / 2, 12);
  });

  it('agrees with the exact test where it turns to the normal approximation', () => {
    const low = Array.from({ length: 21 }, (_, index) => index);
    const high = low.map((value) => value + 5);
    const exactNear = effectOf(low.slice(0, 20), high.slice(0, 20), 5)?.p ?? 1;
    const approximate = effectOf(low, high, 5)?.p ?? 1;
    expect(approximate).toBeLessThan(exactNear * 1.2);
    expect(approximate).toBeGreaterThan(exactNear * 0.4);
  });

  it('is unknown without values, or when nothing was promised', () => {
    expect(effectOf([], after, -18)).toBeNull();
    expect(effectOf(before, [], -18)).toBeNull();
    expect(effectOf(before, after, 0)).toBeNull();
  });
});
