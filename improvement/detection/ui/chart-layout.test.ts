import { describe, expect, it } from 'vitest';
import { type Chart, frame, labelPlaces, layoutChart, ticksBetween } from './chart-layout.ts';

const chart: Chart = {
  verdict: 'signals',
  mean: 10,
  lower: 4,
  upper: 16,
  rangeLimit: 7,
  signals: [{ at: '2026-01-03T00:00:00Z', rule: 'beyond a limit' }],
  observedFrom: null,
  observedTo: null,
  reason: null,
};
const points = [
  { at: '2026-01-01T00:00:00Z', value: 9, n: 5 },
  { at: '2026-01-02T00:00:00Z', value: 11, n: 5 },
  { at: '2026-01-03T00:00:00Z', value: 18, n: 5 },
];
const size = { width: 600, height: 300 };

describe('a control chart', () => {
  it('keeps points, limits and target inside its frame', () => {
    const placed = layoutChart(points, chart, 2, size);
    for (const y of [...placed.points.map((each) => each.y), placed.lower, placed.upper, placed.target]) {
      expect(y).toBeGreaterThan(frame.top);
      expect(y).toBeLessThan(size.height - frame.bottom);
    }
  });

  it('marks exactly the points that signal, with their rule', () => {
    expect(layoutChart(points, chart, null, size).points.map((each) => each.rule)).toEqual([
      null,
      null,
      'beyond a limit',
    ]);
  });

  it('draws a point above the upper limit above it', () => {
    const placed = layoutChart(points, chart, null, size);
    expect(placed.points[2]?.y).toBeLessThan(placed.upper ?? 0);
  });

  it('draws no limits where there are too few points for them', () => {
    const few = layoutChart(
      points.slice(0, 1),
      { ...chart, mean: null, lower: null, upper: null, signals: [] },
      null,
      size,
    );
    expect([few.mean, few.lower, few.upper, few.points.length]).toEqual([null, null, null, 1]);
  });

  it('lets no label of a level cover another', () => {
    expect(labelPlaces([50, 120, 55, null, 58])).toEqual([50, 120, 64, null, 78]);
  });

  it('labels its axis in round steps', () => {
    expect([ticksBetween(0, 10), ticksBetween(0.83, 0.97), ticksBetween(5, 5)]).toEqual([
      [0, 5, 10],
      [0.85, 0.9, 0.95],
      [5],
    ]);
  });
});
