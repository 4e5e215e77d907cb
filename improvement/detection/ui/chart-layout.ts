// Geometry of a control chart for individual values (XmR, Shewhart): points, mean, natural limits, signals. Pure.
import type { z } from 'zod';
import type { seriesSchema } from '../views.ts';

/** The answer of GET /measurement/metrics/{metric}/series. */
export type Series = z.infer<typeof seriesSchema>;
export type SeriesPoint = Series['points'][number];
export type Chart = Series['chart'];

export interface PlacedPoint {
  x: number;
  y: number;
  point: SeriesPoint;
  rule: string | null;
}
export interface Tick {
  at: number;
  label: number;
}
export interface PlacedChart {
  points: PlacedPoint[];
  path: string;
  mean: number | null;
  lower: number | null;
  upper: number | null;
  target: number | null;
  ticks: Tick[];
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const frame = { left: 52, right: 76, top: 16, bottom: 28 };

/** Round steps (1, 2, 5 times a power of ten), at most five of them. */
export function ticksBetween(least: number, most: number): number[] {
  const raw = (most - least) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= raw) ?? power * 10;
  const first = Math.ceil(least / step) * step;
  const count = Math.floor((most - first) / step) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number((first + index * step).toPrecision(12)));
}

/** Where labels of levels stand, so that none covers another: each as near to its level as the one above leaves room. */
export function labelPlaces(levels: readonly (number | null)[], gap = 14): (number | null)[] {
  const places = [...levels];
  let free = -Infinity;
  for (const index of levels
    .keys()
    .toArray()
    .toSorted((one, other) => (levels[one] ?? 0) - (levels[other] ?? 0))) {
    const level = levels[index];
    if (level === null || level === undefined) continue;
    places[index] = Math.max(level, free);
    free = Math.max(level, free) + gap;
  }
  return places;
}

/** Places a series in a picture of some width and height; values and limits all fit, with a twelfth of air above and below. */
export function layoutChart(
  points: readonly SeriesPoint[],
  chart: Chart,
  target: number | null,
  size: { width: number; height: number },
): PlacedChart {
  const known = [...points.map((each) => each.value), chart.mean, chart.lower, chart.upper, target].filter(
    (each) => each !== null,
  );
  const [low, high] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const air = (high - low || Math.abs(high) || 1) / 12;
  const [least, most] = [low - air, high + air];
  const [right, bottom] = [size.width - frame.right, size.height - frame.bottom];
  const y = (value: number) => bottom - ((value - least) / (most - least)) * (bottom - frame.top);
  const times = points.map((each) => new Date(each.at).getTime());
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  const x = (time: number) =>
    to === from ? (frame.left + right) / 2 : frame.left + ((time - from) / (to - from)) * (right - frame.left);
  const placed = points.map((point, index) => ({
    point,
    x: x(times[index] ?? from),
    y: y(point.value),
    rule: chart.signals.find((each) => each.at === point.at)?.rule ?? null,
  }));
  const line = (value: number | null) => (value === null ? null : y(value));
  return {
    points: placed,
    path: placed.map((each, index) => `${index === 0 ? 'M' : 'L'}${each.x.toFixed(1)} ${each.y.toFixed(1)}`).join(''),
    mean: line(chart.mean),
    lower: line(chart.lower),
    upper: line(chart.upper),
    target: line(target),
    ticks: ticksBetween(least, most).map((label) => ({ label, at: y(label) })),
    left: frame.left,
    right,
    top: frame.top,
    bottom,
  };
}
