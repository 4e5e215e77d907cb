// Which of several customers opted out of what they share in, as SQL: from decisions of their own (model GR3).
import type { Registry } from '../define/work.ts';

/** Of `core.record r`: the rule by which its customers decide together, as jsonb; null where none was agreed. */
export const termsOf = ({ terms }: Pick<Registry, 'terms'>): string =>
  terms?.({ provider: 'r.provider_id', lineage: 'r.lineage_id' }) ?? 'null::jsonb';

/** Of `core.record r` and its terms `t.terms`: who opted out of it, or of what it came from under the same terms. */
export const optedOut = `array(
  select d.customer_id
  from core.decision d
  join core.record o on o.provider_id = d.provider_id and o.id = d.subject_id
  left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
  where d.provider_id = r.provider_id
    and d.outcome = 'opt_out'
    and d.subject_hash = o.content_hash
    and o.lineage_id = r.lineage_id
    and (o.id = r.id or o.created_at >= (t.terms ->> 'since')::timestamptz)
    and x.decision_id is null)`;

/** Of `core.record r`: it belongs to customers who all opted out. */
export const isOfOptedOut = (registry: Pick<Registry, 'terms'>): string => `(
  cardinality(r.customers) > 0
  and (
    select r.customers <@ ${optedOut}
    from (select (${termsOf(registry)}) as terms offset 0) t))`;
