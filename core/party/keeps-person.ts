import type { Queryable } from '../database/queryable.ts';
import type { Grant, Principal } from '../permission/principal.ts';
import { refusal } from '../refusal/refusal.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';
import { standingOf } from './store.ts';

/** What decides who may keep a person. */
export interface Standing {
  /** The organisation that the person belongs to; null for the provider's own people. */
  home: string | null;
  /** Whether that organisation's administrator has come. */
  isClaimed: boolean;
  /** Somebody who is only written to: never held a right, nor had a sign-in, a key or a link to one, nor is announced. */
  isContact: boolean;
}

/** Whether a role is held as one's own: what is borrowed makes no people, links, keys or rights. */
export const holdsItself = (grants: readonly Grant[], role: string, customer: string | null): boolean =>
  grants.some((grant) => grant.role === role && grant.customer === customer && grant.delegationId === null);

/** To note who somebody is, to keep them (suspend, mark as left, erase), or to let them in by a one-time link. */
export type Keeping = 'note' | 'keep' | 'let in';

/**
 * Whether somebody may keep a person: the administrator of that person's own side, by its home alone, whatever rights others
 * gave. A customer's people are that customer's: the provider's administrator may note a contact, and mend what it noted,
 * keeps contacts whole only until the customer's administrator has come, and never lets anybody of it in.
 */
export function keeps(grants: readonly Grant[], { home, isClaimed, isContact }: Standing, act: Keeping): boolean {
  const isProviders = holdsItself(grants, administratorRole, null);
  if (home === null) return isProviders;
  if (holdsItself(grants, customerAdministratorRole, home)) return true;
  return isProviders && isContact && (act === 'note' || (act === 'keep' && !isClaimed));
}

export const otherSide = (what: string) =>
  refusal(
    'permission.other-side',
    `People are ${what} by the administrator of their own side, in its own right.`,
    'Ask the administrator of their side.',
  );

/** The same for a person who stands in the database. */
export async function keepsPerson(
  client: Queryable,
  principal: Principal,
  { id, act }: { id: string; act: Keeping },
): Promise<boolean> {
  return keeps(principal.grants, await standingOf(client, { providerId: principal.providerId, id }), act);
}
