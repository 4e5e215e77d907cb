// Taking a one-time link: an administrator of the provider, a customer's administrator claiming the organisation, an invited person.
import { nilUuid } from '../../core/record/define/id.ts';
import { z } from 'zod';
import { idText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { holdsForGood, isForsaken } from '../../core/party/administrators.ts';
import {
  administratorRole,
  customerAdministratorRole,
  customerRecord,
  grantRecord,
  personRecord,
} from '../../core/party/party.ts';
import { notAnnounced } from '../../core/party/succession.ts';
import { mayComeNow } from '../../core/party/succession-rules.ts';
import { noteTakenAddress, takeClaim } from '../../core/permission/claim.ts';
import type { Claim } from '../../core/permission/claim.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { create } from '../../core/record/edit/create.ts';
import { load, lockUnscoped } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { save } from '../../core/record/edit/save.ts';
import { act, ensureMonth } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Application, Work } from '../../core/record/define/work.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { done, refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { accountOf, createAccount, markClaimUser, renewAccount } from './store/accounts.ts';
import { claimedAlready, leftAlready } from './invitations.ts';
import { makerMay, noSuchLink, usableLink } from './welcome-link.ts';
import type { SignIn } from './sign-in.ts';
import { providerOf } from './store.ts';

const password = z.string().min(12).max(256);

export function welcomeEndpoint(signIn: SignIn): Endpoint {
  return endpoint({
    method: 'POST',
    path: '/welcome',
    operationId: 'welcome.take',
    refusals: [
      'customer.claimed',
      'customer.ended',
      'person.has-sign-in',
      'person.left',
      'welcome.email-taken',
      'welcome.link',
    ],
    refusesWith: [403],
    tag: 'People',
    status: 201,
    summary: 'Take a one-time link: become the person it was made for',
    description:
      'Uses a one-time link: sets the password of the person it was made for, and claims the customer organisation where it was made for its administrator. Answers with who that person is; then sign in.',
    public: true,
    rateLimit: 300,
    body: z.strictObject({
      token: z.string().min(10).max(200),
      name: z.string().trim().min(1).max(200),
      email: z.email().max(320),
      password,
    }),
    response: z.object({ person: idText }),
    handle: ({ application, body }) => welcome(application, signIn, body),
  });
}

interface Newcomer {
  token: string;
  name: string;
  email: string;
  password: string;
}

/** Makes the person with the rights its link carries, and its account, in the one transaction that uses up the link: whole, or not at all. */
async function welcome(application: Application, { auth }: SignIn, newcomer: Newcomer) {
  const now = new Date(application.clock()).toISOString();
  // Asked first: without a link that is worth something nobody learns whose address has an account, nor makes the server hash.
  const open = await usableLink(application, newcomer.token, now);
  if (!open) return noSuchLink();
  const { internalAdapter, password: hasher } = await auth.$context;
  const account = open.personId ? await accountOf(application.pool, open.personId) : undefined;
  const found = await internalAdapter.findUserByEmail(newcomer.email);
  const taken = async () => {
    await noteTakenAddress(application.pool, open.id);
    return emailTaken();
  };
  if (found && found.user.id !== account) return taken();
  const hashed = await hasher.hash(newcomer.password);
  const system = systemPrincipal(nilUuid, 'welcome', null);
  const outcome = await act(
    application,
    { principal: system, channel: 'api', requestId: newcomer.token.slice(0, 4) },
    { command: 'take one-time link' },
    async (plain) => {
      const work = await actingFor(plain, open);
      // The person before the link: of two links of one person the second waits here for the first.
      const person = open.personId
        ? await lockUnscoped(work, serverRecord(application.registry, personRecord), open.personId)
        : undefined;
      const claim = await takeClaim(work.client, newcomer.token, now);
      if (!claim || !(await makerMay(application, work.client, claim))) stop(noSuchLink());
      const { email } = newcomer;
      const name = person?.title ?? newcomer.name;
      const id = person ? person.id : await newPerson(work, claim, newcomer);
      await markClaimUser(work.client, claim.id, id);
      const given = { name, email, hashed, providerId: claim.providerId, personId: id, now };
      const renewed = person && (await renews(work, claim, person));
      // Of two at once with one address the second finds it here; its link is as good as before.
      if (!(await (renewed ? renewAccount : createAccount)(work.client, given))) stop(emailTaken());
      if (person) await arrive(work, claim, person, renewed === true);
      return { id };
    },
  );
  if (outcome.ok) return done({ person: outcome.value.id });
  return outcome.refusals.some(({ code }) => code === 'welcome.email-taken') ? taken() : outcome;
}

const emailTaken = () =>
  refuse(
    'conflict',
    refusal(
      'welcome.email-taken',
      'This e-mail address has an account already.',
      'Sign in with it, or use another address.',
      'email',
    ),
  );

/** The same work, for the provider of the link and by its clock. */
async function actingFor(work: Work, claim: Claim): Promise<Work> {
  const provider = await providerOf(work.client, claim.providerId);
  if (provider.scenarioNow) await ensureMonth(work.application, provider.scenarioNow);
  const principal = systemPrincipal(claim.providerId, 'one-time link', provider.scenarioNow);
  return { ...work, caller: { ...work.caller, principal }, now: provider.scenarioNow ?? work.now };
}

type Person = RecordOf<typeof personRecord>;

/** Whether the link replaces a password. One that was made before the person had any gives no second. */
async function renews(work: Work, claim: Claim, person: Person): Promise<boolean> {
  if (person.state === 'left') stop(leftAlready(person.title));
  if ((await accountOf(work.client, person.id)) === undefined) return false;
  if (!claim.renews)
    stop(
      refuse(
        'refused',
        refusal('person.has-sign-in', `${person.title} can sign in already.`, 'They use the password they have.'),
      ),
    );
  return true;
}

/** Tells in the person's journal that the link was used; an administrator of the provider who comes back may act again. */
async function arrive(work: Work, claim: Claim, person: Person, renewed: boolean): Promise<void> {
  const { registry } = work.application;
  const record = serverRecord(registry, personRecord);
  const back = claim.kind === 'administrator';
  const standing =
    back && person.state === 'suspended' ? await moveBecause(work, record, person.id, 'reinstate') : person;
  await save(work, record, standing, {
    extra: { _link: { madeBy: claim.madeBy, usedBy: person.id } },
    entry: {
      kind: 'edited',
      reason: renewed
        ? 'The password was replaced through a one-time link: second factor, sessions and keys ended.'
        : 'A password was set through a one-time link.',
    },
  });
  const of = { providerId: claim.providerId, now: work.now, person: person.id };
  if (back && !(await holdsForGood(work.client, of))) await grant(work, person.id, administratorRole, null);
  if (claim.kind === 'customer' && claim.customerId) {
    await markClaimed(work, claim.customerId, { madeBy: claim.madeBy, usedBy: person.id });
    await grant(work, person.id, customerAdministratorRole, claim.customerId);
  }
}

async function newPerson(work: Work, claim: Claim, { name: title, email }: Newcomer): Promise<string> {
  const record = serverRecord(work.application.registry, personRecord);
  const person = await create(
    work,
    record,
    { title, email, customer: claim.customerId, owner: null },
    { byCommand: true },
  );
  await save(work, record, person, {
    extra: { _link: { madeBy: claim.madeBy, usedBy: person.id } },
    entry: { kind: 'edited', reason: 'Came by a one-time link for an administrator.' },
  });
  await grant(
    work,
    person.id,
    claim.kind === 'customer' ? customerAdministratorRole : administratorRole,
    claim.customerId,
  );
  if (claim.customerId) await markClaimed(work, claim.customerId, { madeBy: claim.madeBy, usedBy: person.id });
  return person.id;
}

async function grant(work: Work, person: string, role: string, customer: string | null): Promise<void> {
  const { registry } = work.application;
  const title = registry.roles.get(role)?.label ?? role;
  const given = { title, person, role, customer, owner: null };
  await create(work, serverRecord(registry, grantRecord), given, { byCommand: true });
}

const endedMeanwhile = (title: string) =>
  refuse(
    'refused',
    refusal('customer.ended', `${title} has ended.`, 'Nobody claims it any more: ask who gave you the link.'),
  );

/** Stopped since, somebody back who keeps it, or two who could name another: the link is worth nothing. */
async function requireAnnounced(work: Work, customer: RecordOf<typeof customerRecord>, person: string): Promise<void> {
  const { announced, announcedUntil } = customer.fields;
  // Who comes now has an account only after this: it does not count yet.
  if (announced !== person || !mayComeNow(announcedUntil, work.now) || !(await isForsaken(work, customer.id)))
    stop(claimedAlready(customer.title));
}

/** From now on the customer can decide; a second link made before that is worth nothing. Who made the link and who used it stand in the journal, for everyone concerned. */
async function markClaimed(
  work: Work,
  customerId: string,
  claim: { madeBy: string | null; usedBy: string },
): Promise<void> {
  const record = serverRecord(work.application.registry, customerRecord);
  const customer = await load(work.client, record, work.caller.principal, customerId, true);
  if (!customer) throw new Error('the customer of a link is gone');
  if (customer.state !== customerRecord.lifecycle.initial) stop(endedMeanwhile(customer.title));
  const again = customer.fields.claimedAt !== null;
  if (again) await requireAnnounced(work, customer, claim.usedBy);
  await save(work, record, customer, {
    // Whoever handed the link over may have taken it: a second of its people says whether it is theirs.
    fields: { standing: 'self-declared', ...(again ? notAnnounced : { claimedAt: work.now }) },
    extra: { _claim: claim },
    entry: {
      kind: 'edited',
      reason: again
        ? 'Claimed anew through a one-time link, by whom two of the provider had announced and nobody stopped.'
        : 'Claimed by its administrator through the one-time link.',
    },
  });
}
