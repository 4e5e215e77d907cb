// Improvement of the example: an opportunity is found in the measures, decided by the business, and becomes a new requirement.
import { dayMs } from '../../core/clock/units.ts';
import type { Scene } from './cast.ts';
import { attestFor } from './evidence.ts';
import { acceptHandOver } from './hand-over.ts';
import type { Body, Person } from './person.ts';
import { rounded, storyOf, targetFor } from './story.ts';
import type { MetricFound } from './story.ts';
import { euros } from './strategy.ts';
import type { Agreed } from './strategy.ts';

export interface Improved {
  improvement: Body;
  /** One of another metric that the measures call for. */
  other: string | undefined;
  requirement: string;
}

/** Detected, justified, funded (G7), routed to Strategy, adopted and agreed (G1). Undefined when the measures show nothing to improve. */
export async function improve({ cast, at }: Scene, agreed: Agreed, endOfLog: string): Promise<Improved | undefined> {
  const { improvement: manager, sponsor, owner } = cast;
  const found: Body[] = (await manager.post(`/measurement/detections?service=${agreed.service}`)).items;
  const best = found.find((each) => each.fields?.targetStage === 'strategy') ?? found[0];
  if (!best) return undefined;
  const id: string = best.id;
  const justified = await justify({ cast }, id, agreed);
  await at(later(endOfLog, 9));
  await sponsor.decide('G7', id, 'The cause is plain in our own figures; the money is well spent.');
  await manager.move('improvements', id, 'route');
  await acceptHandOver(cast.relations, 'requirements-back', id);
  const read = await manager.get(`/improvements/${id}`);
  const requirement: string = read.links.find((each: Body) => each.type === 'feeds').other.id;
  await adopt({ cast, at }, requirement, justified, endOfLog);
  // Whoever has just funded one metric is not asked to fund it again.
  const other: string | undefined = found.find(({ fields }) => fields.metric !== best.fields.metric)?.id;
  return { improvement: (await owner.get(`/improvements/${id}`)).record, other, requirement };
}

/** What no detector says and the figures show: raised by the improvement manager. Undefined where hardly anything waits. */
export async function raise({ cast }: Pick<Scene, 'cast'>, agreed: Agreed): Promise<string | undefined> {
  const { improvement: manager } = cast;
  const series = await manager.get(`/measurement/metrics/PE-1/series?service=${agreed.service}&grain=month`);
  const share: number | undefined = series.points.at(-1)?.value;
  if (share === undefined || share > 90) return undefined;
  const { id } = await manager.create('improvements', {
    title: 'Ask back once, for everything that is missing',
    description: `In the last month observed, ${Math.round(100 - share)} % of the open time of incidents went by waiting for an answer of the customer.`,
    originStage: 'operation',
    service: agreed.service,
    cell: 'processes.efficiency',
    metric: `${series.metric.id} ${series.metric.label}`,
    unit: series.metric.unit,
    baselineValue: rounded(share),
  });
  return id;
}

/** What was found, as the example's people speak of it. */
export interface Justified {
  metric: MetricFound;
  baseline: number;
  target: number;
}

/** Analyses an improvement that was found, and justifies it by its own metric: it then waits for the business at G7. */
export async function justify({ cast }: Pick<Scene, 'cast'>, id: string, agreed: Agreed): Promise<Justified> {
  const { improvement: manager } = cast;
  await manager.move('improvements', id, 'analyse');
  const { fields } = (await manager.get(`/improvements/${id}`)).record;
  const metric = await metricOf(manager, fields);
  const baseline = Number(fields.baselineValue);
  const target = targetFor(metric, baseline);
  const { outcome, benefit, risk } = storyOf(metric);
  await manager.edit('improvements', id, {
    targetStage: 'strategy',
    size: 'medium',
    timescale: 'months',
    outcome: agreed.outcomes[outcome],
    targetValue: target,
    benefitPerMonth: euros(9_000),
    oneOffCost: euros(38_000),
    runCostPerMonth: euros(0),
    benefit,
    risk,
    verificationPlan:
      'The same metric, day by day, for 60 days after a washout of 20; a rank test on both windows, fixed now.',
    washoutDays: 20,
    afterDays: 60,
  });
  await manager.move('improvements', id, 'justify');
  await attestFor({ cast }, 'G7', id);
  return { metric, baseline, target };
}

async function metricOf(manager: Person, fields: Body): Promise<MetricFound> {
  const { items } = await manager.get('/measurement/metrics');
  const found = (items as MetricFound[]).find(({ id, label }) => `${id} ${label}` === fields.metric);
  if (!found) throw new Error(`${fields.metric} is no metric that is measured`);
  return found;
}

/** The business makes the proposed requirement its own. */
async function adopt(
  { cast, at }: Pick<Scene, 'cast' | 'at'>,
  requirement: string,
  { metric, baseline, target }: Justified,
  endOfLog: string,
): Promise<void> {
  const { owner } = cast;
  const { label, unit, direction } = metric;
  await owner.edit('business-requirements', requirement, { owner: owner.id, priority: 'should' });
  await owner.create('outcomes', {
    title: `${label}: from ${rounded(baseline)} to ${target} ${unit}`,
    requirement,
    statement: `${label} ${direction === 'down' ? 'falls' : 'rises'} from ${rounded(baseline)} to ${target} ${unit}, and stays there.`,
    measure: `Metric ${metric.id}, of incidents restored in the month`,
    unit,
    direction: direction === 'down' ? 'lower' : 'higher',
    baseline: rounded(baseline),
    target,
    weight: 1,
  });
  await owner.move('business-requirements', requirement, 'analyse');
  await at(later(endOfLog, 20));
  await attestFor({ cast }, 'G1', requirement);
  await owner.decide('G1', requirement, 'This is what we need next.');
}

export function later(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * dayMs).toISOString();
}
