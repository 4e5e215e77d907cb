// The days of a metric in a window, and their level: what before and after are compared by.
import type { Queryable } from '../../../core/database/queryable.ts';
import type { MeasuredMetric } from '../metric/define.ts';
import { observedFor } from './series.ts';
import { figuresOf, nil } from './store/figures.ts';
import type { Figure } from './store/figures.ts';

/** More days than any window has. */
const mostDays = 1500;

export interface DaysAsked {
  providerId: string;
  service: string;
  /** Whose figures; null for all customers as one. */
  customer: string | null;
  metric: MeasuredMetric;
  from: string;
  to: string;
}

/** Days of the window that were observed: those with enough cases to be judged, and all of them. */
export async function daysOf(
  client: Queryable,
  { providerId, service, customer, metric, from, to }: DaysAsked,
): Promise<{ judged: Figure[]; all: Figure[] }> {
  const scope = { providerId, serviceId: service, customerId: customer ?? nil, today: to };
  const observed = await observedFor(client, scope, metric);
  if (!observed) return { judged: [], all: [] };
  const window = {
    ...observed,
    from: from > observed.from ? from : observed.from, // an empty `from` is before all
    to: to < observed.to ? to : observed.to,
  };
  const read = (minN: number) =>
    figuresOf(client, scope, { metric: metric.id, grain: 'day', observed: { ...window, minN }, most: mostDays });
  return { judged: await read(observed.minN), all: await read(1) };
}

/**
 * Over all days as one: the ratio of the sums, never the mean of ratios. Its scale (per cent or not) is that of the days. Null for
 * figures that are no ratio.
 */
export function levelOf(figures: readonly Figure[]): number | null {
  const sums = figures.reduce(
    (sum, { numerator, denominator }) => ({ over: sum.over + (numerator ?? 0), under: sum.under + (denominator ?? 0) }),
    { over: 0, under: 0 },
  );
  const sample = figures.find(({ numerator, value }) => numerator !== null && numerator !== 0 && value !== 0);
  if (!sums.under || !sample || sample.numerator === null || sample.denominator === null) return null;
  const scale = sample.value / (sample.numerator / sample.denominator);
  return (sums.over / sums.under) * scale;
}
