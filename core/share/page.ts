import { done } from '../refusal/refusal.ts';
import { facetsOf } from '../permission/facet.ts';
import type { Caller } from '../permission/principal.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Application } from '../record/define/work.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import { seenSince } from '../record/read/since.ts';
import { withRoleNames } from '../permission/role-names.ts';
import { askRefusals, consentingFor, missingFor, neededFor } from './rules.ts';
import { consentsOn, sharesOf } from './store.ts';
import type { Consent, Share } from './store.ts';

type Named = Share & { customerName: string };

/**
 * What was asked about who shares in a record, newest first, with whose consent is missing. The name of a customer who is to come
 * on is told to those who are asked; who consented is told to the provider and to its own organisation.
 */
export async function sharesPage({ pool, registry }: Application, { principal }: Caller, name: string) {
  const header = await loadHeader(pool, principal, name);
  if (!header) return missing('record', name);
  const record = { id: header.id, providerId: principal.providerId };
  const consents = await consentsOn(pool, record);
  const since = await seenSince(pool, principal, record);
  const own = facetsOf(principal);
  const mayRead = (share: Named): boolean => {
    if (own === null || own.includes(share.customer)) return true;
    if (since !== null && Date.parse(share.askedAt) <= Date.parse(since)) return false;
    const gave = consents.some((each) => each.share === share.id && own.includes(each.customer));
    return gave || (share.state === 'asked' && neededFor(share, header).some((id) => own.includes(id)));
  };
  const items = (await sharesOf(pool, record)).filter(mayRead).map((share) => ({
    ...share,
    waitsFor: share.state === 'asked' ? waitsFor(share, header.customers, consents, own) : [],
    mine:
      share.state === 'asked' &&
      missingFor(share, header, consents).some((id) => consentingFor(principal, registry.roles, id)),
    mayDecline:
      share.state === 'asked' && neededFor(share, header).some((id) => consentingFor(principal, registry.roles, id)),
  }));
  const refusals = askRefusals(serverRecord(registry, header.type).definition, header, principal);
  return done({
    items,
    mayAsk: { allowed: refusals.length === 0, refusals: withRoleNames(registry.roles, refusals) },
    names: await namesOf(pool, principal, idsIn(items)),
  });
}

function waitsFor(
  share: Share,
  customers: readonly string[],
  consents: readonly Consent[],
  own: readonly string[] | null,
): string[] {
  const missingOnes = missingFor(share, { customers: [...customers], ref: '' }, consents);
  return missingOnes.filter((id) => own === null || own.includes(id));
}
