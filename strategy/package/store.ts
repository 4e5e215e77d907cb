import { compared } from '../../core/journal/recount.ts';
import type { Recount } from '../../core/journal/recount.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import { itemsOf } from '../../core/record/read/read-items.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import { newestHandOver } from '../../handover/hand-over/store.ts';
import type { Passed } from '../../handover/hand-over/store.ts';
import { servicePackageHandOver } from '../../handover/service-package/record.ts';
import type { packageRecord } from './record.ts';
import type { PackageFacts } from './rules.ts';

/** Of a package's row or header: the business agreed and funded it, and nothing took that back since. */
export const isAgreedPackage = (of: string): string =>
  `${of}.state in ('agreed', 'chartered', 'in_design', 'delivered')`;

/** The outcomes that the requirements of a package expect, as `r` and `o`. */
const expectedBy = (provider: string, id: string) => `core.link c
  join core.link e on e.provider_id = c.provider_id
    and e.from_id = c.from_id
    and e.type = 'expects'
    and e.withdrawn_at is null
  join core.record r on r.provider_id = e.provider_id and r.id = e.to_id and r.state <> 'withdrawn'
  join strategy.outcome o on o.provider_id = r.provider_id and o.id = r.id
  where c.provider_id = ${provider} and c.to_id = ${id} and c.type = 'packagedIn' and c.withdrawn_at is null`;
const expected = expectedBy('$1', '$2');

/** What the package's rules need to know, as jsonb expressions over $1 = provider and $2 = record. */
export const packageFacts: FactsFor<typeof packageRecord, PackageFacts> = {
  requirements: `select coalesce(
      jsonb_agg(
        jsonb_build_object('ref', r.ref, 'state', r.state, 'drifted', l.from_hash <> r.content_hash)
        order by r.number),
      '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
    where l.provider_id = $1 and l.to_id = $2 and l.type = 'packagedIn' and l.withdrawn_at is null`,
  outcomes: `select coalesce(
      jsonb_agg(jsonb_build_object('ref', x.ref, 'weight', x.weight, 'missing', x.missing) order by x.number),
      '[]')
    from (
      select distinct r.ref,
        r.number,
        o.weight,
        to_jsonb(
          array_remove(
            array[
            case when o.baseline is null then 'a baseline' end,
            case when o.target is null then 'a target' end,
            case when o.unit is null then 'a unit' end,
            case when o.measure is null then 'a measure' end,
            case when o.source is null then 'a source' end,
            case when o.attain_by is null then 'a date' end,
            case when not exists (
              select
              from core.person p
              where p.provider_id = r.provider_id and p.id = r.owner_id and p.customer = any(r.customers)
            ) then 'an owner of the business' end],
            null)) as missing
      from ${expected}) x`,
  items: ({ client }, data) => itemsOf(client, data),
  handOver: newestHandOver(servicePackageHandOver),
};

/** What a day of waiting costs: twelve planned monthly benefits spread over 365 days, in minor units. */
export const packageDelayCost = `select (
    select jsonb_build_object(
      'minor', round(p.planned_benefit_per_month_minor * 12 / 365.0)::bigint,
      'currency', p.planned_benefit_per_month_currency)
    from strategy.service_package p
    where p.provider_id = $1 and p.id = $2 and p.planned_benefit_per_month_minor is not null)`;

/**
 * By which rule the customers of a package decide together on what comes from it, as they agreed with it: SQL that gives jsonb, or
 * null before they did, and while the package is worked over.
 */
export const agreedTerms = ({ provider, id }: { provider: string; id: string }): string => `(
    select jsonb_build_object(
      'rule', coalesce(p.quorum, 'each'),
      'lead', p.lead_customer,
      'percent', p.quorum_percent,
      'weights', coalesce(p.funding_shares, '[]'),
      'customers', (
        select coalesce(jsonb_agg(distinct d.customer_id), '[]')
        from core.decision d
        left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
        where d.provider_id = h.provider_id
          and d.subject_id = h.id
          and d.gate = 'G2'
          and d.outcome in ('approve', 'approve_with_conditions')
          and d.subject_hash = h.content_hash
          and x.decision_id is null),
      'origin', h.id,
      'uses', (
        select coalesce(jsonb_agg(s.customer), '[]')
        from strategy.service_version v
        join strategy.subscription s on s.provider_id = v.provider_id and s.service_version = v.id
        where v.provider_id = h.provider_id and v.package = h.id and s.state in ('live_els', 'live', 'retiring')))
    from core.record h
    join strategy.service_package p on p.provider_id = h.provider_id and p.id = h.id
    where h.provider_id = ${provider}
      and h.id = ${id}
      and h.state in ('agreed', 'chartered', 'in_design', 'delivered', 'superseded'))`;

export interface Covered {
  id: string;
  state: string;
  outcomes: string[];
}

/** The requirements that a package covers, with the ids of the outcomes they expect. */
export async function coveredBy(client: Queryable, provider: string, id: string): Promise<Covered[]> {
  const { rows } = await client.query(
    `select r.id,
       r.state,
       coalesce(
         (
           select array_agg(e.to_id order by e.to_id)
           from core.link e
           join core.record x on x.provider_id = e.provider_id and x.id = e.to_id
           where e.provider_id = r.provider_id
             and e.from_id = r.id
             and e.type = 'expects'
             and e.withdrawn_at is null
             and x.state <> 'withdrawn'),
         '{}') as outcomes
     from core.link l
     join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
     where l.provider_id = $1 and l.to_id = $2 and l.type = 'packagedIn' and l.withdrawn_at is null
     order by r.id`,
    [provider, id],
  );
  return rows as Covered[]; // the select list is Covered
}

/** What Design needs of a package: itself, the requirements it covers and the outcomes it promises. */
export async function passedOn(client: Queryable, provider: string, id: string): Promise<Passed[]> {
  const { rows } = await client.query<Passed>(
    `select x.role, x.id
     from (
       select 0 as place, 'package' as role, $2::uuid as id, 0 as number
       union all
       select 1, 'requirement', r.id, r.number
       from core.link l
       join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
       where l.provider_id = $1 and l.to_id = $2 and l.type = 'packagedIn' and l.withdrawn_at is null
       union all
       select 2, 'outcome', r.id, r.number
       from core.link l
       join core.record r on r.provider_id = l.provider_id and r.id = l.to_id and r.state <> 'withdrawn'
       where l.provider_id = $1 and l.from_id = $2 and l.type = 'promises' and l.withdrawn_at is null) x
     order by x.place, x.number`,
    [provider, id],
  );
  return rows;
}

/** Delivered packages of the same service, but this one. */
export async function deliveredBefore(client: Queryable, provider: string, id: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select p.id
     from strategy.service_package p
     join strategy.service_package n on n.provider_id = p.provider_id and n.service = p.service and n.id = $2
     where p.provider_id = $1 and p.id <> $2 and p.state = 'delivered'
     order by p.id`,
    [provider, id],
  );
  return rows.map((row) => row.id);
}

/** Brings the fact that other stages read up to date with the package and its outcomes. */
export async function writeSummary(client: Queryable, provider: string, id: string, now: string): Promise<void> {
  await client.query(
    `insert into handover.package_summary (${summaryColumns.join(', ')})
     ${summaryRows('p.provider_id = $1 and p.id = $2', '$3::timestamptz')}
     on conflict (provider_id, package_id) do update
     set ${summaryColumns
       .slice(3)
       .map((column) => `${column} = excluded.${column}`)
       .join(', ')}`,
    [provider, id, now],
  );
}

const summaryColumns = [
  'provider_id',
  'package_id',
  'lineage_id',
  'service_id',
  'service_version_id',
  'state',
  'one_off_cost_minor',
  'run_cost_minor',
  'funding_minor',
  'currency',
  'cost_tolerance',
  'availability_target',
  'support_hours',
  'restore_targets',
  'criticality',
  'outcomes',
  'updated_at',
];

/** The summaries of some packages `p`, as rows of `summaryColumns`. */
const summaryRows = (where: string, now: string): string => `select p.provider_id,
    p.id as package_id,
    h.lineage_id,
    p.service as service_id,
    p.service_version as service_version_id,
    p.state,
    p.one_off_cost_minor,
    p.run_cost_per_month_minor as run_cost_minor,
    p.funding_minor,
    coalesce(p.one_off_cost_currency, p.funding_currency) as currency,
    p.cost_tolerance,
    p.availability_target,
    p.support_hours,
    coalesce(p.restore_targets, '[]') as restore_targets,
    p.criticality,
    coalesce(
      (
        select jsonb_agg(to_jsonb(y) order by y.ref)
        from (
          select distinct r.id,
            r.ref,
            r.title,
            o.unit,
            o.baseline,
            o.target,
            o.direction,
            o.weight,
            o.attain_by as "attainBy",
            r.owner_id as owner
          from ${expectedBy('p.provider_id', 'p.id')}) y),
      '[]') as outcomes,
    ${now} as updated_at
  from strategy.service_package p
  join core.record h on h.provider_id = p.provider_id and h.id = p.id
  where ${where}`;

/** The outcomes that a package promises. */
export async function promisedBy(client: Queryable, provider: string, id: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select l.to_id as id
     from core.link l
     where l.provider_id = $1 and l.from_id = $2 and l.type = 'promises' and l.withdrawn_at is null
     order by 1`,
    [provider, id],
  );
  return rows.map((row) => row.id);
}

/** The packages that promise an outcome. */
export async function packagesPromising(client: Queryable, provider: string, outcome: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select l.from_id as id
     from core.link l
     where l.provider_id = $1 and l.to_id = $2 and l.type = 'promises' and l.withdrawn_at is null
     order by 1`,
    [provider, outcome],
  );
  return rows.map((row) => row.id);
}

/** What a package promises, as the stages after Strategy read it. */
export const summaryRecount: Recount = {
  what: 'summaries of packages',
  differences: (client) =>
    compared(client, 'the summary of its promises', {
      expected: `select x.package_id::text as key, r.ref as told, to_jsonb(x) - 'updated_at' as value
        from (${summaryRows('true', 'now()')}) x
        join core.record r on r.provider_id = x.provider_id and r.id = x.package_id`,
      standing: `select s.package_id::text as key, r.ref as told, to_jsonb(s) - 'updated_at' as value
        from handover.package_summary s
        join core.record r on r.provider_id = s.provider_id and r.id = s.package_id`,
    }),
};
