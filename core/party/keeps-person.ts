import type { Queryable } from '../database/queryable.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';
import type { Principal } from '../permission/principal.ts';
import { organisationsOf } from './store.ts';

/** Whether a principal administers the side that a person belongs to: every organisation of a customer's person, else the provider. */
export async function keepsPerson(client: Queryable, principal: Principal, person: string): Promise<boolean> {
  const customers = await organisationsOf(client, { providerId: principal.providerId, id: person });
  const administers = (customer: string) =>
    principal.grants.some((grant) => grant.role === customerAdministratorRole && grant.customer === customer);
  return customers.length
    ? customers.every(administers)
    : principal.grants.some((grant) => grant.role === administratorRole);
}
