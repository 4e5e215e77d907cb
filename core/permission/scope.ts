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

/** The customer organisations that somebody acts for: by a right in force, own or lent. To belong to one opens nothing. */
export const customersOf = ({ grants }: Reader): string[] => [
  ...new Set(grants.flatMap(({ customer }) => customer ?? [])),
];

/**
 * Turns a principal into the rows it may see. Every read goes through here.
 * Provider and auditor rights see the provider's records; who holds a right for a customer sees what that organisation shares
 * in; whoever holds a right sees what they own. Sight ends with the last right: what is left is oneself.
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
  const isThere = principal.grants.length > 0;
  values.push(customersOf(principal), isThere ? principal.id : null, principal.id);
  const [customers, owner, oneself] = [first + 1, first + 2, first + 3].map((parameter) => `$${parameter}::uuid`);
  return {
    sql: `${own} and (r.customers && ${customers}[] or r.owner_id = ${owner} or r.id = ${oneself} or r.id = any(${customers}[]))`,
    values,
    because: isThere
      ? ['Your customer organisation is one of those that this record is shared with.', 'You own this record.']
      : ['It is you.'],
  };
}
