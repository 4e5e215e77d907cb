import { describe, expect, it } from 'vitest';
import { roundHalfAwayFromZero } from '../../core/money/money.ts';
import { capability, xmr } from './xmr.ts';
import type { ChartPoint, XmrOptions } from './xmr.ts';

const week = 7 * 86_400_000;
const first = Date.parse('2026-05-10T23:00:00Z');
const weekly = (values: readonly number[], n?: number): ChartPoint[] =>
  values.map((value, at) => ({
    from: first + at * week,
    to: first + (at + 1) * week,
    value,
    ...(n === undefined ? {} : { n }),
  }));
const always: XmrOptions = { observedFrom: first, observedTo: first + 500 * week };
const missed = [4.3, 4.0, 4.2, 3.9, 3.8, 4.1, 3.8, 4.4, 3.9, 4.0, 3.7, 4.1];
/** Twelve points around 10 with an average range of 1: limits 7.34 and 12.66, halfway 8.67 and 11.33. */
const calm = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9];
const chartOf = (values: readonly number[], options: Partial<XmrOptions> = {}) => {
  const chart = xmr(weekly(values), { ...always, ...options });
  if (chart.kind === 'insufficient') throw new Error(chart.sentence);
  return chart;
};
const rulesOf = (values: readonly number[]) => chartOf(values).signals.map(({ rule, at }) => `${rule}@${at.join()}`);

describe('the weekly share of missed collections', () => {
  const chart = chartOf(missed);

  it('has the figures of the worked example and no signal', () => {
    const figures = [chart.centre, chart.averageRange, chart.lower, chart.upper, chart.rangeLimit].map((value) =>
      roundHalfAwayFromZero(value, 3),
    );
    expect(figures).toEqual([4.017, 0.309, 3.194, 4.839, 1.01]);
    expect(chart.isPredictable).toBe(true);
  });

  it('is predictable but cannot meet a target of 3.0', () => {
    expect(capability(chart, { target: 3.0, better: 'lower' })).toEqual({ verdict: 'not_capable', cause: 'common' });
    expect(capability(chart, { target: 4.0, better: 'lower' }).verdict).toBe('sometimes_meets');
    expect(capability(chart, { target: 5.0, better: 'lower' }).verdict).toBe('capable');
    expect(capability(chart, { target: 5.0, better: 'higher' }).verdict).toBe('not_capable');
    expect(capability(chart, { target: 3.0, better: 'higher' }).verdict).toBe('capable');
  });
});

describe('insufficient data', () => {
  it('is said with fewer than 12 baseline points', () => {
    expect(xmr(weekly(missed.slice(1)), always)).toEqual({
      kind: 'insufficient',
      need: 12,
      have: 11,
      sentence: 'Insufficient data: a baseline needs 12 points, 11 are usable.',
      ignored: { outsideObserved: 0, belowMinN: 0 },
    });
    expect(capability(xmr([], always), { target: 1, better: 'lower' })).toEqual({ verdict: 'insufficient_data' });
  });

  it('is said instead of speaking outside the observed period, also of a week begun before it', () => {
    expect(xmr(weekly(missed), { ...always, observedFrom: first + 1 })).toMatchObject({
      kind: 'insufficient',
      have: 11,
      ignored: { outsideObserved: 1 },
    });
    expect(xmr(weekly(missed), { ...always, observedTo: first + 12 * week - 1 })).toMatchObject({
      kind: 'insufficient',
      have: 11,
    });
    expect(xmr(weekly(missed), { ...always, baseline: { from: first - week, to: first + 12 * week } })).toMatchObject({
      kind: 'insufficient',
      sentence: 'Insufficient data: the baseline reaches outside the observed period.',
    });
  });

  it('counts only points with the declared number of cases', () => {
    const thin = [...weekly(missed.slice(1), 30), { from: first + 11 * week, to: first + 12 * week, value: 99, n: 2 }];
    expect(xmr(thin, { ...always, minN: 10 })).toMatchObject({
      kind: 'insufficient',
      have: 11,
      ignored: { belowMinN: 1 },
    });
    expect(xmr(weekly(missed), { ...always, minN: 1 })).toMatchObject({ have: 0 });
  });
});

describe('signals', () => {
  it('a point beyond a limit, not one on it', () => {
    expect(chartOf(calm)).toMatchObject({ centre: 10, lower: 7.34, upper: 12.66, rangeLimit: 3.268 });
    expect(rulesOf([...calm, 10, 12.66])).toEqual([]);
    expect(rulesOf([...calm, 10, 12.67])).toEqual(['beyond_limit@13']);
    expect(rulesOf([...calm, 10, 7.33])).toEqual(['beyond_limit@13']);
  });

  it('eight in a row on one side; a point on the centre ends the run', () => {
    const above = Array.from({ length: 7 }, () => 10.5);
    expect(rulesOf([...calm, ...above, 10, 10.5])).toEqual([]);
    expect(rulesOf([...calm, ...above, 10.5])).toEqual(['eight_on_one_side@12,13,14,15,16,17,18,19']);
  });

  it('three of four nearer the same limit than the centre, not halfway', () => {
    expect(rulesOf([...calm, 11.34, 11.34, 10, 11.33])).toEqual([]);
    expect(rulesOf([...calm, 11.34, 11.34, 10, 11.34])).toEqual(['three_of_four_near_limit@12,13,15']);
    expect(rulesOf([...calm, 11.34, 8.66, 11.34, 8.66])).toEqual([]);
  });

  it('a step between two points beyond the range limit', () => {
    expect(rulesOf([...calm, 10, 8.6, 11.868])).toEqual([]);
    expect(rulesOf([...calm, 10, 8.6, 11.87])).toEqual(['range_beyond_limit@13,14']);
  });

  it('make a process unpredictable, so its capability is not judged', () => {
    expect(capability(chartOf([...calm, 20]), { target: 5, better: 'lower' })).toEqual({ verdict: 'not_predictable' });
  });
});

describe('the baseline', () => {
  it('stays as it was when points arrive, until another is declared', () => {
    const shifted = [...calm, ...calm.map((value) => value + 5)];
    expect(chartOf(shifted).centre).toBe(10);
    const refit = chartOf(shifted, { baseline: { from: first + 12 * week, to: first + 24 * week } });
    expect([refit.centre, refit.points.length, refit.isPredictable]).toEqual([15, 12, true]);
  });

  it('can rest on medians, which an outlier does not move', () => {
    const { centre, lower, upper, rangeLimit } = chartOf(calm.with(4, 40), { basis: 'median' });
    expect([centre, lower, upper, rangeLimit]).toEqual([10, 6.855, 13.145, 3.865]);
  });
});

describe('natural limits', () => {
  it('are not told beyond what values can be, and give the same signals', () => {
    const shares = calm.map((value) => value * 9);
    const free = chartOf(shares);
    const held = chartOf(shares, { possible: { least: 0, most: 100 } });
    expect(free.upper).toBeGreaterThan(100);
    expect([held.lower, held.upper, held.signals]).toEqual([free.lower, 100, free.signals]);
    expect(
      chartOf(
        calm.map((value) => value - 9),
        { possible: { least: 0, most: Infinity } },
      ).lower,
    ).toBe(0);
  });
});
