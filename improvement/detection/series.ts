// A metric over time as its control chart: what may be said, and what may not.
import { dayMs } from '../../core/clock/units.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import { ageOf, figuresOf, formulaInWords, isMeasured, observedFor, recordsLink } from '../measurement/index.ts';
import type { Figure, Grain, MeasuredMetric, MetricDefinition, ObservedPeriod, Scope } from '../measurement/index.ts';
import { xmr } from './xmr.ts';
import type { ChartPoint, Insufficient, Signal, XmrChart } from './xmr.ts';
import { lookup } from '../../core/names/lookup.ts';

/** A chart reads at most so many periods, the newest. */
export const mostPoints = 500;
const millisecondsOf: Readonly<Record<Grain, number>> = lookup({
  day: dayMs,
  week: 7 * dayMs,
  month: 28 * dayMs,
});

export interface Measured {
  observed: ObservedPeriod | null;
  figures: Figure[];
  chart: XmrChart | Insufficient;
}

const at = (day: string) => Date.parse(`${day}T00:00:00.000Z`);
export const instantOf = (day: string): string => new Date(at(day)).toISOString();

/** The figures within the observed period, and their chart. */
export async function measure(
  client: Queryable,
  scope: Scope,
  metric: MeasuredMetric,
  grain: Grain,
): Promise<Measured> {
  const observed = await observedFor(client, scope, metric);
  if (!observed) return { observed, figures: [], chart: chartOf(metric, [], grain, null) };
  const figures = await figuresOf(client, scope, { metric: metric.id, grain, observed, most: mostPoints });
  return { observed, figures, chart: chartOf(metric, figures, grain, observed) };
}

function chartOf(
  metric: MeasuredMetric,
  figures: readonly Figure[],
  grain: Grain,
  observed: ObservedPeriod | null,
): XmrChart | Insufficient {
  const points = figures.map(
    ({ day, value, n }): ChartPoint => ({ from: at(day), to: at(day) + millisecondsOf[grain], value, n }),
  );
  const span = {
    observedFrom: observed ? at(observed.from) : 0,
    observedTo: observed ? at(observed.to) + dayMs : 0,
  };
  const possible = { least: 0, most: metric.mostPossible ?? Infinity };
  return xmr(points, { ...span, possible, ...(observed ? { minN: observed.minN } : {}) });
}

const rules: Readonly<Record<Signal['rule'], (side: string) => string>> = lookup({
  beyond_limit: (side) => `${side} the natural limit`,
  eight_on_one_side: (side) => `eight or more in a row ${side} the mean`,
  three_of_four_near_limit: (side) => `three of four nearer the limit ${side} than the mean`,
  range_beyond_limit: () => 'a greater step from the one before than chance makes',
});

/** Each signal at the point that completes it; one that goes on, at every further point as well. */
export function signalsOf(chart: Pick<XmrChart, 'signals' | 'points'>): { at: string; rule: string }[] {
  return chart.signals.flatMap(({ rule, side, at: places }) =>
    places.slice(rule === 'eight_on_one_side' ? eight - 1 : -1).flatMap((place) => {
      const point = chart.points[place];
      return point ? [{ at: new Date(point.from).toISOString(), rule: rules[rule](side) }] : [];
    }),
  );
}
const eight = 8;

export interface SeriesQuery {
  service?: string | undefined;
  customer?: string | undefined;
  grain: Grain;
  from?: string | undefined;
  to?: string | undefined;
}

/** The answer of a metric's series. The limits come from the whole observed period, whatever part of it is asked for. */
export async function seriesOf(client: Queryable, scope: Scope, metric: MetricDefinition, query: SeriesQuery) {
  const { id, label, question, unit, direction } = metric;
  const told = {
    id,
    label,
    question,
    formula: formulaInWords(metric),
    unit,
    direction,
    target: isMeasured(metric) ? (metric.target?.value ?? null) : null,
    targetWhy: isMeasured(metric) ? (metric.target?.why ?? null) : null,
  };
  const asked = ({ day }: { day: string }) =>
    (query.from === undefined || day >= query.from) && (query.to === undefined || day <= query.to);
  if (!isMeasured(metric))
    return {
      metric: told,
      points: [],
      chart: { ...silent, reason: `${metric.unavailable}.` },
      age: null,
      records: null,
    };
  const { observed, figures, chart } = await measure(client, scope, metric, query.grain);
  const points = figures.filter(asked).map(({ day, value, n }) => ({ at: instantOf(day), value, n }));
  const shown = new Set(points.map((point) => point.at));
  const span = { observedFrom: observed && instantOf(observed.from), observedTo: observed && instantOf(observed.to) };
  const spoken = chart.kind === 'insufficient' ? { ...silent, reason: chart.sentence } : spokenOf(chart, shown);
  return {
    metric: told,
    points,
    chart: { ...spoken, ...span },
    age: await ageOf(client, scope, metric.id),
    records: recordsLink(metric, scope, spanOf(query, observed)),
  };
}

const silent = {
  verdict: 'insufficient data',
  mean: null,
  lower: null,
  upper: null,
  rangeLimit: null,
  signals: [],
  observedFrom: null,
  observedTo: null,
} as const;

function spokenOf(chart: XmrChart, shown: ReadonlySet<string>) {
  const { centre, lower, upper, rangeLimit, isPredictable } = chart;
  const signals = signalsOf(chart).filter((signal) => shown.has(signal.at));
  return {
    verdict: isPredictable ? ('predictable' as const) : ('signals' as const),
    mean: centre,
    lower,
    upper,
    rangeLimit,
    signals,
    reason: null,
  };
}

/** The days that the figures shown are of: those asked for, within those observed. */
function spanOf({ from, to }: SeriesQuery, observed: ObservedPeriod | null) {
  if (!observed) return null;
  const [first, last] = [
    [from ?? observed.from, observed.from].toSorted().at(-1) ?? '',
    [to ?? observed.to, observed.to].toSorted()[0] ?? '',
  ];
  return first <= last ? { from: first, to: last } : null;
}
