// Of a record that several customers share, each reads its own facet and the provider's (model R11): decisions and their
// conditions, attestations, notes, files, reasons. One rule, in memory and in SQL.
import { customersOf, seesProvider } from './scope.ts';
import type { Reader } from './scope.ts';

/** The customers whose facets somebody reads beside the provider's; null: those of all. Bound as a `uuid[]`. */
export const facetsOf = (principal: Reader): string[] | null =>
  seesProvider(principal) ? null : customersOf(principal);

/** Those that somebody reads; what belongs to no customer is the provider's. */
export function facetOf<D extends { customer: string | null }>(principal: Reader, all: readonly D[]): D[] {
  const own = facetsOf(principal);
  return own === null ? [...all] : all.filter(({ customer }) => customer === null || own.includes(customer));
}

/** As a condition, on a column that names the customer; `facets` is the parameter that holds `facetsOf`. */
export const inFacets = (customer: string, facets: string): string =>
  `(${facets}::uuid[] is null or ${customer} is null or ${customer} = any(${facets}::uuid[]))`;

/**
 * The instant since which the customers of `facets` see a record, in SQL: those who came to share in it later see nothing of what
 * was before. Who was on it when it was made, owns it or sees all sees it from its beginning.
 */
export const sinceOf = (facets: string, record = 'r'): string => `(
  select coalesce(min(coalesce(x.since, '-infinity')), '-infinity')
  from unnest(${facets}::uuid[]) own(id)
  left join lateral (
    select max(s.since) as since
    from core.share s
    where s.provider_id = ${record}.provider_id
      and s.record_id = ${record}.id
      and s.customer_id = own.id
      and s.kind = 'join') x on true
  where own.id = any(${record}.customers))`;

/** As a condition, on a column that names who said or gave it: a customer's person speaks for the home organisation. */
export const saidInFacets = ({ provider, person }: { provider: string; person: string }, facets: string): string =>
  `(${facets}::uuid[] is null or not exists (
    select
    from core.person s
    where s.provider_id = ${provider}
      and s.id = ${person}
      and s.customer <> all(${facets}::uuid[])))`;
