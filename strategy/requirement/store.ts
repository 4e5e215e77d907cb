import type { Fact } from '../../core/record/facts.ts';

/** What the requirement's rules need to know, as jsonb expressions over $1 = provider and $2 = record. */
export const requirementFacts: Readonly<Record<string, Fact>> = {
  ownerIsBusiness: `select to_jsonb(exists (select from core.record r join core.person p on p.provider_id = r.provider_id and p.id = r.owner_id
    where r.provider_id = $1 and r.id = $2 and p.customer = any(r.customers)))`,
  outcomes: `select coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'measured', o.measure is not null and o.unit is not null, 'attained', coalesce(o.attained_periods, 0) >= coalesce(o.sustain_periods, 3)) order by r.number), '[]')
    from core.link l join core.record r on r.provider_id = l.provider_id and r.id = l.to_id join strategy.outcome o on o.provider_id = r.provider_id and o.id = r.id
    where l.provider_id = $1 and l.from_id = $2 and l.type = 'expects' and l.withdrawn_at is null and r.state <> 'withdrawn'`,
  packages: `select coalesce(jsonb_agg(r.ref), '[]') from core.link l join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1 and l.from_id = $2 and l.type = 'packagedIn' and l.withdrawn_at is null and r.state in ('agreed', 'chartered', 'in_design', 'delivered')`,
  newer: `select to_jsonb(exists (select from core.link l join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1 and l.from_id = $2 and l.type = 'motivates' and l.withdrawn_at is null and r.state not in ('identified', 'analysing', 'declined', 'withdrawn')))`,
};
