import type { Queryable } from '../../core/database/queryable.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import type { criterionWaiverRecord } from './record.ts';
import type { Criterion, CriterionWaiverFacts } from './rules.ts';

const criteriaOf = (subject: string) => `select coalesce(
    (
      select r.criteria
      from transition.release r
      where r.provider_id = $1 and r.id = ${subject}),
    (
      select e.criteria
      from transition.early_life_support e
      where e.provider_id = $1 and e.id = ${subject}),
    '[]')`;

/** What the rules of a waiver need to know, over $1 = provider and $2 = record. */
export const criterionWaiverFacts: FactsFor<typeof criterionWaiverRecord, CriterionWaiverFacts> = {
  criteria: criteriaOf('(select w.subject from transition.criterion_waiver w where w.provider_id = $1 and w.id = $2)'),
};

/** The criteria of a release, or of early life support. */
export async function criteriaOn(client: Queryable, provider: string, subject: string): Promise<readonly Criterion[]> {
  const { rows } = await client.query<{ criteria: readonly Criterion[] }>(`select (${criteriaOf('$2')}) as criteria`, [
    provider,
    subject,
  ]);
  return rows[0]?.criteria ?? [];
}

/** The waivers that were granted for a subject, as a fact over $1 = provider and $2 = record. */
export const waiversGranted = `select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'ref', r.ref, 'criterion', w.criterion, 'statement', w.statement, 'validUntil', w.valid_until)
      order by r.number),
    '[]')
  from transition.criterion_waiver w
  join core.record r on r.provider_id = w.provider_id and r.id = w.id
  where w.provider_id = $1 and w.subject = $2 and w.state = 'granted'`;

/** Waivers whose last day is over, by the clock of their provider. */
export async function waiversOver(client: Queryable, now: string): Promise<{ providerId: string; id: string }[]> {
  const { rows } = await client.query(
    `select w.provider_id as "providerId", w.id
     from transition.criterion_waiver w
     join core.provider v on v.id = w.provider_id
     where w.state = 'granted' and w.valid_until < (coalesce(v.scenario_now, $1::timestamptz) at time zone 'UTC')::date
     order by w.id
     limit 500`,
    [now],
  );
  return rows as { providerId: string; id: string }[]; // the select list
}
