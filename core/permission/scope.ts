import type { Grant, Principal } from './principal.ts';

/** A condition on `core.record r`, with its parameters from `$first` on. */
export interface Scope {
  sql: string;
  values: unknown[];
  because: string[];
}

/** Who reads: as a rule knows its actor, too. */
export type Reader = { readonly grants: readonly Grant[] } & Partial<Pick<Principal, 'kind' | 'customer'>>;

/** Whether somebody acts for the provider, or audits it, and so sees all of its records. */
export const seesProvider = (principal: Reader): boolean =>
  principal.kind === 'system' || principal.grants.some((grant) => grant.side === 'P' || grant.side === 'A');

/** The customer organisations that somebody acts for or belongs to. */
export const customersOf = ({ grants, customer }: Reader): string[] => [
  ...new Set(grants.flatMap((grant) => (grant.customer ? [grant.customer] : [])).concat(customer ?? [])),
];

/**
 * Turns a principal into the rows it may see. Every read goes through here.
 * Provider and auditor rights see the provider's records; a customer's people see what their organisation shares in;
 * everybody sees what they own, and themselves.
 */
export function scopeOf(principal: Principal, first: number): Scope {
  const values: unknown[] = [principal.providerId];
  const own = `r.provider_id = $${first}`;
  if (seesProvider(principal)) {
    const role = principal.grants.find((grant) => grant.side === 'P' || grant.side === 'A');
    return {
      sql: own,
      values,
      because: [`You act for the provider (${role?.role ?? 'system'}), whose people see all of its records.`],
    };
  }
  const customers = customersOf(principal);
  values.push(customers, principal.id);
  return {
    sql: `${own} and (r.customers && $${first + 1}::uuid[] or r.owner_id = $${first + 2} or r.id = $${first + 2} or r.id = any($${first + 1}::uuid[]))`,
    values,
    because: ['Your customer organisation is one of those that this record is shared with.', 'You own this record.'],
  };
}
