import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { requirementRecord } from './record.ts';
import type { RequirementFacts } from './rules.ts';
import { isAgreedPackage } from '../package/index.ts';

/** What the requirement's rules need to know, as jsonb expressions over $1 = provider and $2 = record. */
export const requirementFacts: FactsFor<typeof requirementRecord, RequirementFacts> = {
  ownerIsBusiness: `select to_jsonb(
      exists (
        select
        from core.record r
        join core.person p on p.provider_id = r.provider_id and p.id = r.owner_id
        where r.provider_id = $1 and r.id = $2 and p.customer = any(r.customers)))`,
  outcomes: `select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'ref', r.ref,
          'measured', o.measure is not null and o.unit is not null,
          'attained', coalesce(o.attained_periods, 0) >= coalesce(o.sustain_periods, 3),
          'attainBy', greatest(
            o.attain_by,
            (
              select b.required_by
              from strategy.business_requirement b
              where b.provider_id = $1 and b.id = $2 and o.attain_by is not null)),
          'attainedPeriods', coalesce(o.attained_periods, 0),
          'missedPeriods', coalesce(o.missed_periods, 0))
        order by r.number),
      '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    join strategy.outcome o on o.provider_id = r.provider_id and o.id = r.id
    where l.provider_id = $1
      and l.from_id = $2
      and l.type = 'expects'
      and l.withdrawn_at is null
      and r.state <> 'withdrawn'`,
  packages: `select coalesce(jsonb_agg(r.ref), '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1
      and l.from_id = $2
      and l.type = 'packagedIn'
      and l.withdrawn_at is null
      and ${isAgreedPackage('r')}`,
  newer: `select to_jsonb(
      exists (
        select
        from core.link l
        join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
        where l.provider_id = $1
          and l.from_id = $2
          and l.type = 'motivates'
          and l.withdrawn_at is null
          and r.state not in ('identified', 'analysing', 'declined', 'withdrawn')))`,
};

export interface DueRequirement {
  providerId: string;
  id: string;
}

const today = 'coalesce(v.scenario_now, $1::timestamptz)::date';
const outcomes = `select
  from strategy.outcome o
  where o.provider_id = b.provider_id and o.requirement = b.id and o.state <> 'withdrawn'`;

/** Requirements in delivery with an outcome that was to be attained by now and is not: by its own date, or by a later one that the business has set. */
export async function missedDates(client: Queryable, now: string): Promise<DueRequirement[]> {
  const { rows } = await client.query(
    `select b.provider_id as "providerId", b.id
     from strategy.business_requirement b
     join core.provider v on v.id = b.provider_id
     where b.state = 'in_delivery'
       and exists (
         ${outcomes}
         and o.attain_by is not null
         and greatest(o.attain_by, b.required_by) < ${today}
         and coalesce(o.attained_periods, 0) = 0)
     order by b.id
     limit 500`,
    [now],
  );
  return rows as DueRequirement[]; // the select list
}

/** Satisfied requirements with an outcome that missed its target two periods in a row. */
export async function lostAttainments(client: Queryable): Promise<DueRequirement[]> {
  const { rows } = await client.query(
    `select b.provider_id as "providerId", b.id
     from strategy.business_requirement b
     where b.state = 'satisfied' and exists (${outcomes} and o.missed_periods >= 2)
     order by b.id
     limit 500`,
  );
  return rows as DueRequirement[]; // the select list
}
