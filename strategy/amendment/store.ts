import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { amendmentRecord } from './record.ts';
import type { AmendmentFacts } from './rules.ts';

/** What the rules of an amendment need to know, over $1 = provider and $2 = record. */
export const amendmentFacts: FactsFor<typeof amendmentRecord, AmendmentFacts> = {
  outcome: `(
    select jsonb_build_object(
      'ref', r.ref,
      'state', o.state,
      'baseline', o.baseline,
      'target', o.target,
      'direction', o.direction)
    from strategy.outcome_amendment a
    join strategy.outcome o on o.provider_id = a.provider_id and o.id = a.outcome
    join core.record r on r.provider_id = o.provider_id and r.id = o.id
    where a.provider_id = $1 and a.id = $2)`,
};

/** The amendment of an outcome that waits for its decision, by reference. */
export async function proposedFor(client: Queryable, providerId: string, outcome: string): Promise<string | null> {
  const { rows } = await client.query<{ ref: string }>(
    `select r.ref
     from strategy.outcome_amendment a
     join core.record r on r.provider_id = a.provider_id and r.id = a.id
     where a.provider_id = $1 and a.outcome = $2 and a.state = 'proposed'`,
    [providerId, outcome],
  );
  return rows[0]?.ref ?? null;
}

/** The numbers of some records, by their ids. */
export async function refsOf(
  client: Queryable,
  providerId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const { rows } = await client.query<{ id: string; ref: string }>(
    'select id, ref from core.record where provider_id = $1 and id = any($2::uuid[])',
    [providerId, ids],
  );
  return new Map(rows.map(({ id, ref }) => [id, ref]));
}
