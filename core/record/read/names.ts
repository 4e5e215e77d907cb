import { uuidForm } from '../define/id.ts';
import { scopeOf } from '../../permission/scope.ts';
import type { Principal } from '../../permission/principal.ts';
import type { Queryable } from '../../database/queryable.ts';

/**
 * Whether a record is known to somebody, as a condition on `core.record r`: the provider's people and teams are common knowledge;
 * a customer's people, like anything else, are known to who may see them.
 */
export const isKnown = (scope: string): string =>
  `(r.type in ('person', 'team') and r.customers = '{}' and not exists (
    select
    from core.person h
    where h.provider_id = r.provider_id and h.id = r.id and h.customer is not null) or (${scope}))`;

/** The customer that a person of `core.record r` belongs to; null of anything else. */
const homeOf = `(
  select h.customer
  from core.person h
  where h.provider_id = r.provider_id and h.id = r.id)`;

/**
 * The records of some ids, as a table `r` with `id`, `type`, whether they are known and whose they are: locked against going for
 * as long as the transaction lasts, so that what comes to name one never leads nowhere. `$provider` and `$ids` are parameters.
 */
export const namedRecords = (scope: string, { provider, ids }: { provider: string; ids: string }): string =>
  `select r.id, r.type, r.ref, r.state, ${isKnown(scope)} is true as seen, ${homeOf} as home
   from core.record r
   where r.provider_id = ${provider} and r.id = any(${ids}::uuid[])
   order by r.id
   for key share of r`;

/** The titles of the records that some values point at, for showing: people, teams, customers and other records by id. */
export async function namesOf(
  client: Queryable,
  principal: Principal,
  ids: Iterable<string>,
): Promise<Record<string, string>> {
  const wanted = [...new Set(ids)];
  if (!wanted.length) return {};
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query({
    text: `select r.id, r.title
      from core.record r
      where r.provider_id = $2
        and r.id = any($1::uuid[])
        and ${isKnown(scope.sql)}`,
    values: [wanted, ...scope.values],
  });
  return Object.fromEntries((rows as { id: string; title: string }[]).map((row) => [row.id, row.title]));
}

/** Every id that stands anywhere in a value. */
export function idsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') {
    if (uuidForm.test(value)) found.add(value);
  } else if (Array.isArray(value)) for (const each of value) idsIn(each, found);
  else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) idsIn(each, found);
  return found;
}
