import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import { packageSummaryColumns } from '../../handover/facts/package-summary.ts';
import type { PackageSummary } from '../../handover/facts/package-summary.ts';
import type { waiverRecord } from './record/waiver.ts';
import type { WaiverFacts } from './rules.ts';

/** What a waiver's rules need to know. */
export const waiverFacts: FactsFor<typeof waiverRecord, WaiverFacts> = {
  effect: `select (
      select to_jsonb(p.effect)
      from strategy.policy_waiver w
      join strategy.policy p on p.provider_id = w.provider_id and p.id = w.policy
      where w.provider_id = $1 and w.id = $2)`,
};

export interface PolicyInForce {
  id: string;
  ref: string;
  title: string;
  statement: string;
  rule: string;
  effect: 'block' | 'waivable' | 'advise';
  /** A granted waiver of this subject's thread that has not ended. */
  waiver: string | null;
}

/** The policies that a gate evaluates for a subject: the provider's, and those of the subject's customers. */
export async function policiesInForce(
  client: Queryable,
  gate: string,
  subject: Pick<RecordData, 'providerId' | 'lineage' | 'customers'>,
  today: string,
): Promise<PolicyInForce[]> {
  const { rows } = await client.query(
    `select r.id,
       r.ref,
       r.title,
       p.statement,
       p.rule,
       p.effect,
       (
         select wr.ref
         from strategy.policy_waiver w
         join core.record wr on wr.provider_id = w.provider_id and wr.id = w.id
         where w.provider_id = p.provider_id
           and w.policy = p.id
           and w.state = 'granted'
           and w.valid_until >= $5::date
           and wr.lineage_id = $3
         order by w.valid_until desc
         limit 1) as waiver
     from strategy.policy p
     join core.record r on r.provider_id = p.provider_id and r.id = p.id
     where p.provider_id = $1
       and p.state = 'in_force'
       and p.gates @> jsonb_build_array(jsonb_build_object('gate', $2::text))
       and (r.customers = '{}' or r.customers && $4::uuid[])
     order by r.number
     limit 100`,
    [subject.providerId, gate, subject.lineage, subject.customers, today],
  );
  return rows as PolicyInForce[]; // the select list is PolicyInForce
}

/**
 * Of `core.decision d`, and as `policiesInForce`: a policy binds it now that it was not judged by, or one that was waived for it
 * stands without a waiver. What only advises is told, and asks nobody again.
 */
export const reboundDecision = `(exists (
    select
    from strategy.policy p
    join core.record pr on pr.provider_id = p.provider_id and pr.id = p.id
    join core.record s on s.provider_id = d.provider_id and s.id = d.subject_id
    where p.provider_id = d.provider_id
      and p.state = 'in_force'
      and p.effect <> 'advise'
      and p.gates @> jsonb_build_array(jsonb_build_object('gate', d.gate))
      and (
        pr.customers = '{}'
        or pr.customers && case when d.customer_id is null then s.customers else array[d.customer_id] end)
      and not exists (
        select
        from jsonb_array_elements(d.policies) q
        where q ->> 'id' = p.id::text))
  or exists (
    select
    from jsonb_array_elements(d.policies) q
    join strategy.policy p on p.provider_id = d.provider_id
      and p.id = (q ->> 'id')::uuid
      and p.state = 'in_force'
    join core.record s on s.provider_id = d.provider_id and s.id = d.subject_id
    where q ->> 'verdict' = 'waived'
      and not exists (
        select
        from strategy.policy_waiver w
        join core.record wr on wr.provider_id = w.provider_id and wr.id = w.id
        where w.provider_id = p.provider_id
          and w.policy = p.id
          and w.state = 'granted'
          and wr.lineage_id = s.lineage_id)))`;

/** The newest package of a thread, as the fact tells it. */
export async function packageOfThread(
  client: Queryable,
  provider: string,
  lineage: string,
): Promise<PackageSummary | null> {
  const { rows } = await client.query(
    `select ${packageSummaryColumns}
     from handover.package_summary s
     where s.provider_id = $1 and s.lineage_id = $2
     order by s.state in ('cancelled', 'declined', 'declined_by_provider', 'superseded'), s.updated_at desc
     limit 1`,
    [provider, lineage],
  );
  return (rows[0] as PackageSummary | undefined) ?? null; // the select list is PackageSummary
}

export interface Due {
  providerId: string;
  id: string;
}

/** Approved policies whose first day has come, by the clock of their provider. */
export async function policiesToEnforce(client: Queryable, now: string): Promise<Due[]> {
  const { rows } = await client.query(
    `select p.provider_id as "providerId", p.id
     from strategy.policy p
     join core.provider v on v.id = p.provider_id
     where p.state = 'approved'
       and p.effective_from is not null
       and p.effective_from <= coalesce(v.scenario_now, $1::timestamptz)::date
     order by p.id
     limit 500`,
    [now],
  );
  return rows as Due[]; // the select list is Due
}

/** Granted waivers whose last day is over, by the clock of their provider. */
export async function waiversToEnd(client: Queryable, now: string): Promise<Due[]> {
  const { rows } = await client.query(
    `select w.provider_id as "providerId", w.id
     from strategy.policy_waiver w
     join core.provider v on v.id = w.provider_id
     where w.state = 'granted' and w.valid_until < coalesce(v.scenario_now, $1::timestamptz)::date
     order by w.id
     limit 500`,
    [now],
  );
  return rows as Due[]; // the select list is Due
}
