import type { RecordOf } from '../../core/record/define/data.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { improvementRecord } from './record.ts';
import type { ImprovementFacts } from './rules.ts';
import { isMeasured, metricNamed } from '../measurement/index.ts';
import type { MeasuredMetric } from '../measurement/index.ts';
import type { Better } from './better-side.ts';

/** Where better lies for an improvement: as its metric says, else as the outcome does that it names in the same unit. */
export async function betterOf(
  client: Queryable,
  { providerId, fields }: Pick<RecordOf<typeof improvementRecord>, 'providerId' | 'fields'>,
): Promise<Better | null> {
  const metric = metricNamed(fields.metric);
  if (metric) {
    const { label, direction } = metric;
    return {
      name: label.toLowerCase(),
      direction,
      least: 0,
      most: (isMeasured(metric) && metric.mostPossible) || null,
    };
  }
  if (fields.outcome === null) return null;
  const { rows } = await client.query(
    `select e ->> 'title' as name, (e ->> 'target')::double precision > (e ->> 'baseline')::double precision as up
     from handover.package_summary s cross join lateral jsonb_array_elements(s.outcomes) e
     where s.provider_id = $1 and s.outcomes @> jsonb_build_array(jsonb_build_object('id', $2::text))
       and e ->> 'id' = $2 and e ->> 'unit' = $3 and e ->> 'target' <> e ->> 'baseline'
     order by s.package_id limit 1`,
    [providerId, fields.outcome, fields.unit],
  );
  const [found] = rows as { name: string; up: boolean }[]; // the select list
  return found ? { name: `"${found.name}"`, direction: found.up ? 'up' : 'down', least: null, most: null } : null;
}

/** The metric of ours that it names, where there are figures of it. */
export function measuredMetricOf(fields: Pick<FieldsOf<typeof improvementRecord>, 'metric'>): MeasuredMetric | null {
  const metric = metricNamed(fields.metric);
  return metric && isMeasured(metric) ? metric : null;
}

/** What a day of waiting costs: twelve monthly benefits spread over 365 days, in minor units. */
export const improvementDelayCost = `select (
    select jsonb_build_object(
      'minor', round(i.benefit_per_month_minor * 12 / 365.0)::bigint,
      'currency', i.benefit_per_month_currency)
    from improvement.improvement i
    where i.provider_id = $1 and i.id = $2 and i.benefit_per_month_minor is not null)`;

/** What the rules of an improvement need to know. */
export const improvementFacts: FactsFor<typeof improvementRecord, ImprovementFacts> = {
  better: ({ client }, data) => betterOf(client, data),
};

/** Whether all that was ever measured of a service is of one customer: then its sums tell that one nothing of others. */
export async function isMeasuredOf(
  client: Queryable,
  { providerId, service, customer }: { providerId: string; service: string; customer: string },
): Promise<boolean> {
  const { rows } = await client.query(
    `select not exists (
       select
       from improvement.zone z
       where z.provider_id = $1 and z.service_id = $2 and z.customer_id <> $3) as own`,
    [providerId, service, customer],
  );
  return (rows as { own: boolean }[])[0]?.own ?? false; // one row
}

/** The improvement still open that a detector raised under this key. */
export async function openByKey(client: Queryable, provider: string, key: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id
     from improvement.improvement
     where provider_id = $1 and dedup_key = $2 and state not in ('closed', 'merged', 'declined')
     limit 1`,
    [provider, key],
  );
  return rows[0]?.id ?? null;
}

/** Makes detections under one key wait for each other until the transaction ends. */
export async function lockKey(client: Queryable, provider: string, key: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${provider} ${key}`]);
}

export interface LapsedCondition {
  text: string;
  gate: string;
  blocks: string | null;
  ref: string;
  customers: string[];
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

/** A condition of a decision that lapsed, with what the decision is about, and whom it concerns. */
export async function lapsedOf(
  client: Queryable,
  providerId: string,
  id: string,
): Promise<LapsedCondition | undefined> {
  const { rows } = await client.query(
    `select c.text,
       d.gate,
       c.blocks,
       r.ref,
       case when d.customer_id is null then r.customers else array[d.customer_id] end as customers,
       v.scenario_now as "scenarioNow"
     from core.condition c
     join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
     join core.record r on r.provider_id = c.provider_id and r.id = c.subject_id
     join core.provider v on v.id = c.provider_id
     where c.provider_id = $1 and c.id = $2 and c.state = 'lapsed'`,
    [providerId, id],
  );
  return rows[0] as LapsedCondition | undefined; // the select list
}

/** Deferred improvements whose review date has come, by the clock of their provider. */
export async function reviewsDue(client: Queryable, now: string): Promise<{ providerId: string; id: string }[]> {
  const { rows } = await client.query(
    `select i.provider_id as "providerId", i.id
     from improvement.improvement i
     join core.provider v on v.id = i.provider_id
     where i.state = 'deferred' and i.review_at <= coalesce(v.scenario_now, $1::timestamptz)::date
     order by i.id
     limit 500`,
    [now],
  );
  return rows as { providerId: string; id: string }[]; // the select list
}

export interface BrokenPromise {
  ref: string;
  title: string;
  customers: string[];
  /** The service that its lineage became, if it did. */
  service: string | null;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

/** A requirement as an opportunity tells of it. */
export async function promiseOf(client: Queryable, providerId: string, id: string): Promise<BrokenPromise | undefined> {
  const { rows } = await client.query(
    `select r.ref,
       r.title,
       r.customers,
       v.scenario_now as "scenarioNow",
       (
         select s.id
         from core.record s
         where s.provider_id = r.provider_id and s.lineage_id = r.lineage_id and s.type = 'service'
         order by s.number
         limit 1) as service
     from core.record r
     join core.provider v on v.id = r.provider_id
     where r.provider_id = $1 and r.id = $2`,
    [providerId, id],
  );
  return rows[0] as BrokenPromise | undefined; // the select list
}
