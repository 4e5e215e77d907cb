// With whom a record is shared is no edit: it is asked, and decided by those already on it (model R11).
import { randomUUIDv7 } from 'node:crypto';
import { facetsOf } from '../permission/facet.ts';
import type { Json } from '../journal/format/hash.ts';
import { tell } from '../record/act/entries.ts';
import { byRightsOfNow } from '../record/act/rights-of-now.ts';
import type { RecordData } from '../record/define/data.ts';
import { serverRecord } from '../record/define/work.ts';
import type { ServerRecord, Work } from '../record/define/work.ts';
import { editCustomers, refuseUnknown } from '../record/edit/edit.ts';
import { rememberSide } from '../record/edit/lineage.ts';
import { loadHeader, lock, missing } from '../record/read/load.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Refused } from '../refusal/refusal.ts';
import { askRefusals, consentingFor, missingFor, neededFor, shareRefusals } from './rules.ts';
import {
  consentsOn,
  endShare,
  hasActedOn,
  hasEnded,
  insertConsent,
  insertShare,
  openShareOf,
  openSharesOf,
  othersLeft,
  shareOf,
  toldConsent,
  toldShare,
} from './store.ts';
import type { Share, ShareKind } from './store.ts';

export interface ShareInput {
  kind: ShareKind;
  customer: string;
  reason: string;
}

/**
 * Asks that a customer comes to share in a record, or no longer does. It is done at once where nobody's consent is missing: on a
 * record that no customer shares in yet, or where who asks consents for the one who goes. Refuses by `stop`.
 */
export async function askShare(waiting: Work, name: string, { kind, customer, reason }: ShareInput): Promise<string> {
  const { record, before } = await locked(waiting, name);
  const work = await byRightsOfNow(waiting);
  const { principal } = work.caller;
  const grant = kind === 'leave' ? consentingFor(principal, work.application.registry.roles, customer) : undefined;
  const refused = grant && record.definition.stage !== 'party' ? [] : askRefusals(record.definition, before, principal);
  if (refused.length) stop(refuse('forbidden', ...refused));
  await refuseUnknown(work, [{ field: 'customer', id: customer, types: ['customer'] }]);
  const known = {
    isAsked: (await openShareOf(work.client, before, customer)) !== undefined,
    hasActed: kind === 'leave' && (await hasActedOn(work.client, before, customer)),
    othersLeft: kind === 'join' && (await othersLeft(work.client, before, customer)),
    hasEnded: kind === 'join' && (await hasEnded(work.client, before, customer)),
  };
  const refusals = shareRefusals({ kind, customer }, before, known);
  if (refusals.length) stop(refuse('refused', ...refusals));
  const isDone = neededFor({ kind, customer }, before).every((id) => grant?.customer === id);
  const waits = asks(work, { kind, customer, reason });
  const share: Share = isDone ? { ...waits, state: 'done', since: work.now } : waits;
  const sided = await rememberSide(work, before, grant ? [grant.role] : record.definition.lifecycle.edit.who);
  await insertShare(work, before, share);
  const extra = { _shares: [toldShare(share)], ...sided };
  await carryOut(work, record, before, { share, extra, reason });
  return before.id;
}

export interface AnswerInput {
  consents: boolean;
  reason: string;
}

/** A customer on the record says yes or no, by somebody who decides for it. The last yes lets it happen, one no ends it. */
export async function answerShare(waiting: Work, id: string, { consents, reason }: AnswerInput): Promise<string> {
  const { record, before, share } = await openShare(waiting, id);
  const work = await byRightsOfNow(waiting);
  const waited = missingFor(share, before, await consentsOn(work.client, before));
  const { roles } = work.application.registry;
  const customer = waited.find((each) => consentingFor(work.caller.principal, roles, each));
  const grant = customer === undefined ? undefined : consentingFor(work.caller.principal, roles, customer);
  if (!consents && customer === undefined) return takeBack(work, { record, before, share }, reason);
  if (customer === undefined || !grant) stop(refuse('forbidden', notYours));
  if (consents) await refuseMeanwhile(work, before, share);
  const sided = await rememberSide(work, before, [grant.role]);
  const consent = await insertConsent(work, before, { share: share.id, customer, consents });
  const isLast = consents && waited.length === 1;
  const after: Share = consents
    ? { ...share, state: isLast ? 'done' : 'asked', since: isLast ? work.now : null }
    : { ...share, state: 'declined' };
  if (after.state !== 'asked') await endShare(work, after);
  const extra: Record<string, Json> = { _consents: [toldConsent(consent)], ...sided };
  if (after.state !== 'asked') extra['_shares'] = [toldShare(after)];
  await carryOut(work, record, before, { share: after, extra, reason });
  return before.id;
}

/** What came between the question and the answer may stand in its way: the one who goes has acted, the one who comes has ended. */
async function refuseMeanwhile(work: Work, before: RecordData, { kind, customer }: Share): Promise<void> {
  const known = {
    isAsked: false,
    hasActed: kind === 'leave' && (await hasActedOn(work.client, before, customer)),
    othersLeft: false,
    hasEnded: kind === 'join' && (await hasEnded(work.client, before, customer)),
  };
  const refusals = shareRefusals({ kind, customer }, before, known);
  if (refusals.length) stop(refuse('refused', ...refusals));
}

/** Whoever consented may still say no while others are waited for: what was written since is not let out against its will. */
async function takeBack(
  work: Work,
  { record, before, share }: { record: ServerRecord; before: RecordData; share: Share },
  reason: string,
): Promise<string> {
  const { roles } = work.application.registry;
  const own = neededFor(share, before).find((each) => consentingFor(work.caller.principal, roles, each));
  const grant = own === undefined ? undefined : consentingFor(work.caller.principal, roles, own);
  if (!grant) stop(refuse('forbidden', notYours));
  const sided = await rememberSide(work, before, [grant.role]);
  const after: Share = { ...share, state: 'declined' };
  await endShare(work, after);
  await carryOut(work, record, before, { share: after, extra: { _shares: [toldShare(after)], ...sided }, reason });
  return before.id;
}

/** Who may ask takes back what was asked. */
export async function withdrawShare(work: Work, id: string, reason: string): Promise<string> {
  const { record, before, share } = await openShare(work, id);
  const refused = askRefusals(record.definition, before, work.caller.principal);
  if (refused.length) stop(refuse('forbidden', ...refused));
  const after: Share = { ...share, state: 'withdrawn' };
  await endShare(work, after);
  await carryOut(work, record, before, { share: after, extra: { _shares: [toldShare(after)] }, reason });
  return before.id;
}

interface Told {
  share: Share;
  extra: Record<string, Json>;
  reason: string;
}

/** Alters the customers where it is done, and tells it in the record's entry in any case. */
async function carryOut(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  { share, extra, reason }: Told,
): Promise<void> {
  if (share.state !== 'done') {
    tell(work, before, { kind: 'shared', edits: extra, reason, contentHash: before.contentHash });
    return;
  }
  const others = before.customers.filter((id) => id !== share.customer);
  const customers = share.kind === 'join' ? [...others, share.customer] : others;
  const followed = share.kind === 'leave' ? await nobodyMissing(work, before, customers) : [];
  const joined = followed.filter(({ state }) => state === 'done').map((each) => each.customer);
  await editCustomers(work, record, before, {
    customers: [...customers, ...joined],
    extra: { ...extra, _shares: [toldShare(share), ...followed.map(toldShare)] },
    reason,
  });
}

/**
 * What was asked to let others in and waited for the one who went alone: it is done with that, or it would wait for nobody. Where
 * nobody is left it ends: to go consents to nothing, and what was one's own is shared with no other.
 */
async function nobodyMissing(work: Work, before: RecordData, customers: readonly string[]): Promise<Share[]> {
  const consents = await consentsOn(work.client, before);
  const ended: Share[] = [];
  for (const open of await openSharesOf(work.client, before)) {
    const joined = ended.filter(({ state }) => state === 'done').map((each) => each.customer);
    const on = { ref: before.ref, customers: [...customers, ...joined] };
    if (open.kind !== 'join' || missingFor(open, on, consents).length > 0) continue;
    const share: Share = on.customers.length
      ? { ...open, state: 'done', since: work.now }
      : { ...open, state: 'declined' };
    await endShare(work, share);
    ended.push(share);
  }
  return ended;
}

/**
 * Shares a locked record that no customer shares in yet, as part of another act: nobody is there to be asked. They see it from
 * now on, as if it had been asked. Refuses by `stop` where one is, or was: that is asked by itself.
 */
export async function shareFirst(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  { customers, reason, refused }: { customers: readonly string[]; reason: string; refused: Refused },
): Promise<void> {
  const shares: Share[] = [];
  for (const customer of customers) {
    if (before.customers.length > 0 || (await othersLeft(work.client, before, customer))) stop(refused);
    shares.push({ ...asks(work, { kind: 'join', customer, reason }), state: 'done', since: work.now });
  }
  for (const share of shares) await insertShare(work, before, share);
  await editCustomers(work, record, before, { customers, extra: { _shares: shares.map(toldShare) }, reason });
}

/** What is asked now, and waits. */
const asks = ({ caller, now }: Work, { kind, customer, reason }: ShareInput): Share => ({
  id: randomUUIDv7(),
  customer,
  kind,
  state: 'asked',
  reason,
  askedBy: caller.principal.id,
  askedAt: now,
  since: null,
});

async function locked(work: Work, name: string): Promise<{ record: ServerRecord; before: RecordData }> {
  const header = await loadHeader(work.client, work.caller.principal, name);
  if (!header) stop(missing('record', name));
  const record = serverRecord(work.application.registry, header.type);
  return { record, before: await lock(work, record, header.id) };
}

/** What is asked and waits, on a record that the caller sees. */
async function openShare(work: Work, id: string) {
  const { principal } = work.caller;
  const found = await shareOf(work.client, principal.providerId, id);
  const isSeen = found && (await loadHeader(work.client, principal, found.record));
  if (!found || !isSeen) stop(missing('share', id));
  const { record, before } = await locked(work, found.record);
  // Read again behind the lock: somebody else may have answered meanwhile.
  const share = await shareOf(work.client, principal.providerId, id);
  if (share?.state !== 'asked') stop(refuse('refused', notAsked));
  const { record: _record, ...asked } = share;
  const own = facetsOf(principal);
  const isConcerned = own === null || neededFor(asked, before).some((each) => own.includes(each));
  if (!isConcerned) stop(missing('share', id));
  return { record, before, share: asked };
}

const notAsked = refusal('share.closed', 'This is no longer asked.', 'Read the record again.');
const notYours = refusal(
  'share.not-yours',
  'Those already on the record decide this: of each customer one person who may consent for it.',
  'Ask one of them.',
);
