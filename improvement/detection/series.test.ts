import { expect, it } from 'vitest';
import { signalsOf } from './series.ts';
import { xmr } from './xmr.ts';

const day = 86_400_000;

it('shows a run of eight at its eighth point, and at each that keeps it up', () => {
  const values = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11, ...Array.from({ length: 10 }, () => 11)];
  const points = values.map((value, index) => ({ from: index * day, to: (index + 1) * day, value }));
  const chart = xmr(points, { observedFrom: 0, observedTo: values.length * day });
  if (chart.kind !== 'chart') throw new Error(chart.sentence);
  const marked = signalsOf(chart).map(({ at, rule }) => [Date.parse(at) / day, rule]);
  // The run begins with the last value of the baseline, which lies above the mean as well.
  expect(marked).toEqual([18, 19, 20, 21].map((place) => [place, 'eight or more in a row above the mean']));
  const earlier = xmr(points.slice(0, 19), { observedFrom: 0, observedTo: 19 * day });
  expect(earlier.kind === 'chart' && signalsOf(earlier).map(({ at }) => Date.parse(at) / day)).toEqual([18]);
});
