// Which of several customers opted out of what they share in, as SQL: from decisions of their own (model GR3).
import type { Queryable } from '../../database/queryable.ts';
import type { RecordData } from '../define/data.ts';
import type { Registry } from '../define/work.ts';
import { originOf } from './origin.ts';

type Asked = Pick<Registry, 'terms' | 'records' | 'gates'>;

/** Of `core.record r`: the rule by which its customers decide together, as jsonb; null where none was agreed. */
export const termsOf = ({ terms, records }: Pick<Asked, 'terms' | 'records'>): string =>
  terms?.sql({ provider: 'r.provider_id', id: originOf({ records }, terms.from, 'r') }) ?? 'null::jsonb';

/** The types of records at whose own gates a customer opts out. */
const leftTypes = ({ records, gates }: Asked): string[] =>
  [...records.values()].flatMap(({ definition: { type, lifecycle } }) =>
    Object.values(lifecycle.moves).some(({ gate }) => gate !== undefined && gates.get(gate)?.leaves) ? [type] : [],
  );

/**
 * Of `core.record r` and its terms `t.terms`: who opted out of it, or of what it came from. Where nobody opts out of a record
 * itself, what was said beside it, under the same terms, counts. Of what a customer uses it loses its say by nothing said elsewhere.
 */
export function optedOut(registry: Asked): string {
  const types = leftTypes(registry);
  if (!types.length) return `'{}'::uuid[]`;
  const { terms } = registry;
  const beside = terms
    ? `or (
        r.type not in (${types.map((type) => `'${type}'`).join(', ')})
        and ${originOf(registry, terms.from, 'o')} = (t.terms ->> 'origin')::uuid)`
    : '';
  return `array(
  select d.customer_id
  from core.decision d
  join core.record o on o.provider_id = d.provider_id and o.id = d.subject_id
  left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
  where d.provider_id = r.provider_id
    and d.outcome = 'opt_out'
    and d.subject_hash = o.content_hash
    and o.lineage_id = r.lineage_id
    and x.decision_id is null
    and (o.id = r.id or not coalesce(t.terms -> 'uses', '[]') @> to_jsonb(d.customer_id))
    and (o.id in (${types.map((type) => originOf(registry, type, 'r')).join(', ')}) ${beside}))`;
}

/** Who opted out of a record. */
export async function optedOutOf(
  client: Queryable,
  registry: Asked,
  { providerId, id }: Pick<RecordData, 'providerId' | 'id'>,
): Promise<string[]> {
  const { rows } = await client.query<{ ids: string[] }>(
    `select ${optedOut(registry)} as ids
     from core.record r
     cross join lateral (select (${termsOf(registry)}) as terms offset 0) t
     where r.provider_id = $1 and r.id = $2`,
    [providerId, id],
  );
  return rows[0]?.ids ?? [];
}
