// XmR chart (individuals and moving range, after Shewhart and Wheeler): tells a process's own noise from a signal.
// Comparisons are exact fractions of the decimals given, because every rule is strict.

import { add, compare, divide, multiply, rational, subtract, sum, toNumber } from '../../core/money/rational.ts';
import type { Rational } from '../../core/money/rational.ts';
import { lookup } from '../../core/names/lookup.ts';

/** One period's figure; instants are epoch milliseconds, `n` the number of cases behind it. */
export interface ChartPoint {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly n?: number;
}

export interface XmrOptions {
  /** The period that was observed as a whole; points that reach outside it are left out. */
  readonly observedFrom: number;
  readonly observedTo: number;
  /** Points with fewer cases, or with none stated, are left out. */
  readonly minN?: number;
  /** The window that sets centre and limits, until a change of the process is declared. Default: the first 12 usable points. */
  readonly baseline?: { readonly from: number; readonly to: number };
  /** `median` where the baseline holds outliers. Default `mean`. */
  readonly basis?: 'mean' | 'median';
  /** What values can be at all: natural limits are not told beyond it. */
  readonly possible?: { readonly least: number; readonly most: number };
}

export interface Insufficient {
  kind: 'insufficient';
  need: number;
  have: number;
  sentence: string;
  ignored: Ignored;
}
export interface Ignored {
  outsideObserved: number;
  belowMinN: number;
}

/** `at` are places in the chart's `points`, first to last of the pattern. */
export interface Signal {
  rule: 'beyond_limit' | 'eight_on_one_side' | 'three_of_four_near_limit' | 'range_beyond_limit';
  side: 'above' | 'below';
  at: readonly number[];
}

export interface XmrChart {
  kind: 'chart';
  /** Usable points in the order of time. */
  points: ChartPoint[];
  centre: number;
  lower: number;
  upper: number;
  /** Mean (or median) moving range of the baseline, and the limit a single range may reach. */
  averageRange: number;
  rangeLimit: number;
  baselinePoints: number;
  signals: Signal[];
  /** No signal: what varies is the process itself. */
  isPredictable: boolean;
  ignored: Ignored;
}

const leastBaseline = 12;
/** Multiples of the average moving range that give three-sigma limits (2.66 = 3 / 1.128; 3.268 is D4 for pairs; 3.145 and 3.865 for medians). */
const factors = lookup({
  mean: { limit: rational('2.66'), range: rational('3.268') },
  median: { limit: rational('3.145'), range: rational('3.865') },
});

/** The chart of a series, or what it lacks: it never speaks of a time that was not observed, or from too few points. */
export function xmr(points: readonly ChartPoint[], options: XmrOptions): XmrChart | Insufficient {
  const observed = points.filter(({ from, to }) => options.observedFrom <= from && to <= options.observedTo);
  const usable = observed
    .filter(({ n }) => options.minN === undefined || (n ?? 0) >= options.minN)
    .toSorted((one, other) => one.from - other.from);
  const ignored = { outsideObserved: points.length - observed.length, belowMinN: observed.length - usable.length };
  const base = baselineOf(usable, options);
  if (base.length < leastBaseline) return insufficient(base.length, ignored, options);
  const limits = limitsOf(
    base.map(({ value }) => rational(value)),
    options.basis ?? 'mean',
  );
  // What lies before a declared baseline belongs to the process as it was.
  const shown = usable.slice(usable.indexOf(first(base)));
  const signals = signalsOf(
    shown.map(({ value }) => rational(value)),
    limits,
  );
  return {
    kind: 'chart',
    points: shown,
    baselinePoints: base.length,
    signals,
    isPredictable: signals.length === 0,
    ignored,
    centre: toNumber(limits.centre),
    lower: Math.max(toNumber(limits.lower), options.possible?.least ?? -Infinity),
    upper: Math.min(toNumber(limits.upper), options.possible?.most ?? Infinity),
    averageRange: toNumber(limits.averageRange),
    rangeLimit: toNumber(limits.rangeLimit),
  };
}

export type Capability =
  | { verdict: 'insufficient_data' | 'not_predictable' }
  | { verdict: 'capable' | 'sometimes_meets' | 'not_capable'; cause: 'common' };

/**
 * Whether a predictable process can meet its target. `not_capable`: the target lies outside the natural limits on the
 * side the process does not reach, so only a redesign helps; `capable`: all natural variation meets it.
 */
export function capability(
  chart: XmrChart | Insufficient,
  { target, better }: { target: number; better: 'lower' | 'higher' },
): Capability {
  if (chart.kind === 'insufficient') return { verdict: 'insufficient_data' };
  if (!chart.isPredictable) return { verdict: 'not_predictable' };
  const [best, worst] = better === 'lower' ? [chart.lower, chart.upper] : [-chart.upper, -chart.lower];
  const wanted = better === 'lower' ? target : -target;
  if (wanted < best) return { verdict: 'not_capable', cause: 'common' };
  return { verdict: worst <= wanted ? 'capable' : 'sometimes_meets', cause: 'common' };
}

interface Limits {
  centre: Rational;
  lower: Rational;
  upper: Rational;
  averageRange: Rational;
  rangeLimit: Rational;
}

function baselineOf(
  usable: readonly ChartPoint[],
  { baseline, observedFrom, observedTo }: XmrOptions,
): readonly ChartPoint[] {
  if (!baseline) return usable.slice(0, leastBaseline);
  if (baseline.from < observedFrom || baseline.to > observedTo) return [];
  return usable.filter(({ from, to }) => baseline.from <= from && to <= baseline.to);
}

function insufficient(
  have: number,
  ignored: Ignored,
  { baseline, observedFrom, observedTo }: XmrOptions,
): Insufficient {
  const outside = baseline !== undefined && (baseline.from < observedFrom || baseline.to > observedTo);
  const sentence = outside
    ? 'Insufficient data: the baseline reaches outside the observed period.'
    : `Insufficient data: a baseline needs ${leastBaseline} points, ${have} are usable.`;
  return { kind: 'insufficient', need: leastBaseline, have, sentence, ignored };
}

function limitsOf(values: readonly Rational[], basis: 'mean' | 'median'): Limits {
  const average = basis === 'mean' ? mean : middle;
  const centre = average(values);
  const averageRange = average(rangesOf(values));
  const spread = multiply(averageRange, factors[basis].limit);
  return {
    centre,
    lower: subtract(centre, spread),
    upper: add(centre, spread),
    averageRange,
    rangeLimit: multiply(averageRange, factors[basis].range),
  };
}

function signalsOf(values: readonly Rational[], limits: Limits): Signal[] {
  const sides = (['above', 'below'] as const).flatMap((side) => sideSignals(values, limits, side));
  const ranges = rangesOf(values).flatMap((range, at): Signal[] =>
    compare(range, limits.rangeLimit) > 0 ? [{ rule: 'range_beyond_limit', side: 'above', at: [at, at + 1] }] : [],
  );
  return [...sides, ...ranges];
}

function sideSignals(values: readonly Rational[], { centre, lower, upper }: Limits, side: Signal['side']): Signal[] {
  const limit = side === 'above' ? upper : lower;
  const halfway = divide(add(centre, limit), rational(2));
  const isPast = (line: Rational) =>
    values.map((value) => (side === 'above' ? compare(value, line) > 0 : compare(value, line) < 0));
  const beyond = placesOf(isPast(limit)).map((at): Signal => ({ rule: 'beyond_limit', side, at: [at] }));
  const runs = runsOf(isPast(centre))
    .filter((run) => run.length >= 8)
    .map((at): Signal => ({ rule: 'eight_on_one_side', side, at }));
  const near = isPast(halfway);
  const crowds = values.flatMap((_, end): Signal[] => {
    const at = placesOf(near).filter((place) => place > end - 4 && place <= end);
    // Told at the point that completes it, once per further point that keeps it up.
    return near[end] && at.length >= 3 ? [{ rule: 'three_of_four_near_limit', side, at }] : [];
  });
  return [...beyond, ...runs, ...crowds];
}

function runsOf(flags: readonly boolean[]): number[][] {
  const runs: number[][] = [[]];
  for (const [at, flag] of flags.entries()) {
    if (flag) runs.at(-1)?.push(at);
    else runs.push([]);
  }
  return runs;
}

function placesOf(flags: readonly boolean[]): number[] {
  return flags.flatMap((flag, at) => (flag ? [at] : []));
}

function rangesOf(values: readonly Rational[]): Rational[] {
  return values.slice(1).map((value, before) => absolute(subtract(value, values[before] ?? value)));
}

function absolute(value: Rational): Rational {
  return compare(value, rational(0)) < 0 ? subtract(rational(0), value) : value;
}

function mean(values: readonly Rational[]): Rational {
  return divide(sum(values), rational(values.length));
}

function middle(values: readonly Rational[]): Rational {
  const sorted = values.toSorted(compare);
  const half = (sorted.length - 1) / 2;
  return mean(sorted.slice(Math.floor(half), Math.ceil(half) + 1));
}

function first(points: readonly ChartPoint[]): ChartPoint {
  const [found] = points;
  if (!found) throw new Error('a baseline has points');
  return found;
}
