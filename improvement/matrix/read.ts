// The twelve cells: per cell the first metric that has a figure, else why there is none.
import { dayMs } from '../../core/clock/units.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import { figuresOf, formulaInWords, isMeasured, metrics, observedFor, recordsLink } from '../measurement/index.ts';
import type { Figure, Grain, MeasuredMetric, MetricDefinition, RecordsLink, Scope } from '../measurement/index.ts';

const objects = ['services', 'technology', 'processes'] as const;
const qualities = ['efficiency', 'effectiveness', 'cost_effectiveness', 'compliance'] as const;
const spark: { grain: Grain; most: number } = { grain: 'week', most: 26 };

export interface Cell {
  object: (typeof objects)[number];
  quality: (typeof qualities)[number];
  metric: ReturnType<typeof described> | null;
  value: number | null;
  n: number;
  /** The end of the period that the value is of. */
  at: string | null;
  grain: Grain | null;
  records: RecordsLink | null;
  reason: string | null;
  status: 'good' | 'attention' | 'bad' | 'none';
  spark: number[];
  age: { computedAt: string; knownTo: string } | null;
}

export async function matrixOf(client: Queryable, scope: Scope): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const object of objects) {
    for (const quality of qualities) {
      const candidates = metrics.filter((metric) => metric.object === object && metric.quality === quality);
      cells.push({ object, quality, ...(await shown(client, scope, candidates)) });
    }
  }
  return cells;
}

type Shown = Omit<Cell, 'object' | 'quality'>;

async function shown(client: Queryable, scope: Scope, candidates: readonly MetricDefinition[]): Promise<Shown> {
  for (const metric of candidates) {
    const found = isMeasured(metric) ? await figureOf(client, scope, metric) : null;
    if (found) return found;
  }
  const [first] = candidates;
  if (!first) throw new Error('every cell has a definition');
  const reason = isMeasured(first) ? 'no period within the observed time has enough cases' : first.unavailable;
  return {
    metric: described(first),
    value: null,
    n: 0,
    at: null,
    grain: null,
    records: null,
    reason,
    status: 'none',
    spark: [],
    age: null,
  };
}

const described = (metric: MetricDefinition) => ({
  id: metric.id,
  label: metric.label,
  formula: formulaInWords(metric),
  unit: metric.unit,
  direction: metric.direction,
  target: isMeasured(metric) && metric.target ? { value: metric.target.value, whose: metric.target.whose } : null,
});

/** The newest whole month that was observed, else the newest week, else the newest day. */
async function figureOf(client: Queryable, scope: Scope, metric: MeasuredMetric): Promise<Shown | null> {
  const observed = await observedFor(client, scope, metric);
  if (!observed) return null;
  for (const grain of ['month', 'week', 'day'] as const) {
    const [newest] = await figuresOf(client, scope, { metric: metric.id, grain, observed, most: 1 });
    if (!newest) continue;
    const weeks = await figuresOf(client, scope, { metric: metric.id, observed, ...spark });
    return {
      metric: described(metric),
      value: newest.value,
      n: newest.n,
      at: endOf(newest, grain),
      grain,
      records: recordsLink(metric, scope, { from: newest.day, to: dayBefore(endOf(newest, grain)) }),
      reason: null,
      status: statusOf(metric, newest.value),
      spark: weeks.map(({ value }) => value),
      age: { computedAt: newest.computedAt, knownTo: newest.knownTo },
    };
  }
  return null;
}

function endOf({ day }: Figure, grain: Grain): string {
  const end = new Date(`${day}T00:00:00.000Z`);
  if (grain === 'month') end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCDate(end.getUTCDate() + (grain === 'week' ? 7 : 1));
  return end.toISOString();
}

const dayBefore = (instant: string): string => new Date(Date.parse(instant) - dayMs).toISOString().slice(0, 10);

/** Against its target: met, within a tenth of it, or missed. Without a target nothing is judged. */
export function statusOf(
  { target, direction }: Pick<MeasuredMetric, 'target' | 'direction'>,
  value: number,
): Cell['status'] {
  if (!target) return 'none';
  const ahead = direction === 'up' ? value - target.value : target.value - value;
  if (ahead >= 0) return 'good';
  return -ahead <= Math.abs(target.value) / 10 ? 'attention' : 'bad';
}
