// What is asked about who shares in records, and waits for the answer of one person.
import { customersOf } from '../permission/scope.ts';
import type { Caller } from '../permission/principal.ts';
import { done } from '../refusal/refusal.ts';
import type { Application } from '../record/define/work.ts';
import { namesOf } from '../record/read/names.ts';
import { consentingFor } from './rules.ts';
import { waitingShares } from './store.ts';

/** So many are told, those that wait longest first: when they are answered the next ones follow. */
const most = 50;

export async function sharesWaiting({ pool, registry }: Application, { principal }: Caller) {
  const own = customersOf(principal).filter((id) => consentingFor(principal, registry.roles, id));
  const items = own.length ? await waitingShares(pool, principal.providerId, own, most) : [];
  const people = items.map(({ askedBy }) => askedBy);
  return done({ items, names: await namesOf(pool, principal, people) });
}
