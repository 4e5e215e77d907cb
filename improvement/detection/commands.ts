import { nilUuid } from '../../core/record/define/id.ts';
import type { Work } from '../../core/record/define/work.ts';
import { figuresOf, isMeasured, levelOf, metricById } from '../measurement/index.ts';
import type { MeasuredMetric, Scope } from '../measurement/index.ts';
import { registerOpportunity } from '../register/index.ts';
import { causeOfMisses, incapable, specialCauses } from './detect.ts';
import type { Finding } from './detect.ts';
import { measure, mostPoints } from './series.ts';
import { missesOf, titleOf } from './store.ts';

const watched = ['SF-4', 'PE-5'] as const;
const whole = nilUuid;

function metricOf(id: string): MeasuredMetric {
  const metric = metricById.get(id);
  if (!metric || !isMeasured(metric)) throw new Error(`${id} is no metric that is measured`);
  return metric;
}

/** Runs the detectors over a service's observed time, and registers what they find. Returns the improvements' ids, the most telling first. */
export async function detectFor(work: Work, serviceId: string): Promise<string[]> {
  const { providerId } = work.caller.principal;
  const scope: Scope = { providerId, serviceId, customerId: whole, today: work.now.slice(0, 10) };
  const findings: Finding[] = [...(await missedTarget(work, scope))];
  for (const id of watched) {
    const metric = metricOf(id);
    const { observed, chart } = await measure(work.client, scope, metric, 'day');
    if (!observed) continue;
    const judged = { metric, chart, period: `${observed.from} to ${observed.to}` };
    findings.push(...incapable(judged), ...specialCauses(judged));
  }
  const ids: string[] = [];
  for (const finding of findings) ids.push(await register(work, scope, finding));
  return ids;
}

async function missedTarget(work: Work, scope: Scope): Promise<Finding[]> {
  const metric = metricOf('SF-4');
  const { observed, chart } = await measure(work.client, scope, metric, 'day');
  // A detector that has too little to chart has too little to accuse.
  if (!observed || chart.kind === 'insufficient' || !metric.target) return [];
  const misses = await missesOf(work.client, scope, observed);
  const found = causeOfMisses(misses, { target: metric.target, period: `${observed.from} to ${observed.to}` });
  if (!found) return [];
  const { dimension, value } = found.cause;
  return [found.tell(dimension === 'team' ? await titleOf(work.client, scope.providerId, value) : null)];
}

async function register(work: Work, scope: Scope, { key, metric: id, ...found }: Finding): Promise<string> {
  const metric = metricOf(id);
  const { figures, observed } = await measure(work.client, scope, metric, 'day');
  // Of every case of the time that the text speaks of, also of days that are too small to be judged one by one.
  const all = observed
    ? await figuresOf(work.client, scope, {
        metric: metric.id,
        grain: 'day',
        observed: { ...observed, minN: 1 },
        most: mostPoints,
      })
    : [];
  const baseline = levelOf(all);
  return registerOpportunity(work, {
    ...found,
    key: `${key}:${scope.serviceId}`,
    service: scope.serviceId,
    originStage: 'operation',
    cell: `${metric.object}.${metric.quality}`,
    metric: `${metric.id} ${metric.label}`,
    unit: metric.unit,
    beforeSeries: figures.map(({ day, value }) => ({ at: day, value })),
    ...(baseline === null ? {} : { baselineValue: Number(baseline.toFixed(6)) }),
  });
}
