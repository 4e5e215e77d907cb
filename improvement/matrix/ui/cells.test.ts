import { expect, it } from 'vitest';
import { cellAt, judged, sparkPath } from './cells.ts';

it('shows a cell that was not sent as empty with a reason, never as zero', () => {
  expect(cellAt([], 'services', 'compliance')).toMatchObject({
    value: null,
    reason: 'nothing is measured here yet',
    status: 'none',
  });
});

it("says where the target that judges a figure is nobody's promise", () => {
  const metric = { id: 'a', label: 'A', formula: 'a', unit: '%', direction: 'up' as const };
  const word = (whose: 'promised' | 'customary') =>
    judged({ status: 'attention', metric: { ...metric, target: { value: 90, whose } } }).word;
  expect([word('promised'), word('customary')]).toEqual(['Watch', 'Watch, by a customary target of 90']);
});

it('draws the least value at the foot and the most at the top', () => {
  expect(sparkPath([2, 4, 3], 20, 10)).toBe('M0.0 10.0L10.0 0.0L20.0 5.0');
});

it('draws equal values and a single value as a flat line in the middle', () => {
  expect([sparkPath([5, 5], 20, 10), sparkPath([5], 20, 10), sparkPath([], 20, 10)]).toEqual([
    'M0.0 5.0L20.0 5.0',
    'M0.0 5.0H20',
    '',
  ]);
});
