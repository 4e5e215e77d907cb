// One-time links: the first administrator, a customer's administrator claiming the organisation, an invited person.
import { dayMs } from '../../core/clock/units.ts';
import { nilUuid } from '../../core/record/define/id.ts';
import { z } from 'zod';
import { idText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { administratorRole, customerAdministratorRole, customerRecord } from '../../core/party/party.ts';
import { createClaim, isClaimOpen, takeClaim } from '../../core/permission/resolve.ts';
import type { Claim } from '../../core/permission/resolve.ts';
import { keepsPerson } from '../../core/party/keeps-person.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { create } from '../../core/record/edit/create.ts';
import { load, loadHeader, lockUnscoped, missing } from '../../core/record/read/load.ts';
import { save } from '../../core/record/edit/save.ts';
import { act, ensureMonth } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Application, Work } from '../../core/record/define/work.ts';
import { done, refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import type { SignIn } from './sign-in.ts';
import { createAccount, hasSignIn, markClaimUser, providerOf } from './store.ts';

const tag = 'People';
const password = z.string().min(12).max(256);

/** Endpoints of one-time links and of a person's own API keys. */
export function welcomeEndpoints(signIn: SignIn): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/welcome',
      operationId: 'welcome.take',
      refusals: ['customer.claimed', 'person.has-sign-in', 'welcome.email-taken', 'welcome.link'],
      refusesWith: [403],
      tag,
      status: 201,
      summary: 'Take a one-time link: become the person it was made for',
      description:
        'Uses a one-time link: sets the password of the person it was made for, and claims the customer organisation where it was made for its administrator. Answers with who that person is; then sign in.',
      public: true,
      rateLimit: 20,
      body: z.strictObject({
        token: z.string().min(10).max(200),
        name: z.string().trim().min(1).max(200),
        email: z.email().max(320),
        password,
      }),
      response: z.object({ person: idText }),
      handle: ({ application, body }) => welcome(application, signIn, body),
    }),
    endpoint({
      method: 'POST',
      path: '/customers/{id}/invitation',
      operationId: 'customer.invite-administrator',
      refusals: ['customer.claimed', 'permission.role'],
      tag,
      status: 201,
      summary: "Make the one-time link by which a customer's administrator claims it",
      description:
        'Makes the one-time link by which the first administrator of a customer organisation claims it. It is told once; who made it and who uses it stands in the journal.',
      params: z.object({ id: idText }),
      response: z.object({ token: z.string(), path: z.string(), expiresAt: z.string() }),
      handle: ({ application, caller, params }) => inviteCustomer(application, caller.principal, params.id),
    }),
    endpoint({
      method: 'POST',
      path: '/people/{id}/invitation',
      operationId: 'person.invite',
      refusals: ['permission.role', 'person.has-sign-in', 'person.not-your-side'],
      tag,
      status: 201,
      summary: 'Make the one-time link by which a person sets a password',
      description:
        'Makes the one-time link by which a person sets a password. The link is in this answer and nowhere else.',
      params: z.object({ id: idText }),
      response: z.object({ token: z.string(), path: z.string(), expiresAt: z.string() }),
      handle: ({ application, caller, params }) => invitePerson(application, caller.principal, params.id),
    }),
  ];
}

const noSuchLink = () =>
  refuse('forbidden', refusal('welcome.link', 'This link is unknown, used or expired.', 'Ask for a new one.', 'token'));

interface Newcomer {
  token: string;
  name: string;
  email: string;
  password: string;
}

/** Makes the person with the rights its link carries, and its account, in the one transaction that uses up the link: whole, or not at all. */
async function welcome(application: Application, { auth }: SignIn, newcomer: Newcomer) {
  const now = new Date(application.clock()).toISOString();
  // Asked first: without a link nobody learns whose address has an account, nor makes the server hash passwords.
  if (!(await isClaimOpen(application.pool, newcomer.token, now))) return noSuchLink();
  const { internalAdapter, password: hasher } = await auth.$context;
  if (await internalAdapter.findUserByEmail(newcomer.email)) return emailTaken();
  const hashed = await hasher.hash(newcomer.password);
  const system = systemPrincipal(nilUuid, 'welcome', null);
  const outcome = await act(
    application,
    { principal: system, channel: 'api', requestId: newcomer.token.slice(0, 4) },
    { command: 'take one-time link' },
    async (work) => {
      const claim = await takeClaim(work.client, newcomer.token, now);
      if (!claim) stop(noSuchLink());
      const id = await personOf(await actingFor(work, claim), claim, newcomer);
      await markClaimUser(work.client, claim.id, id);
      const { name, email } = newcomer;
      const account = { name, email, hashed, providerId: claim.providerId, personId: id, now };
      // Of two at once with one address the second finds it here; its link is as good as before.
      if (!(await createAccount(work.client, account))) stop(emailTaken());
      return { id };
    },
  );
  return outcome.ok ? done({ person: outcome.value.id }) : outcome;
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

async function personOf(work: Work, claim: Claim, newcomer: Newcomer): Promise<string> {
  const { registry } = work.application;
  if (claim.personId) return withoutSignIn(work, claim.personId);
  const customers = claim.customerId ? [claim.customerId] : [];
  const person = await create(
    work,
    serverRecord(registry, 'person'),
    { title: newcomer.name, email: newcomer.email, customer: claim.customerId, customers, owner: null },
    { byCommand: true },
  );
  const role = claim.kind === 'customer' ? customerAdministratorRole : administratorRole;
  await create(
    work,
    serverRecord(registry, 'role-grant'),
    {
      title: registry.roles.get(role)?.label ?? role,
      person: person.id,
      role,
      customer: claim.customerId,
      customers,
      owner: null,
    },
    { byCommand: true },
  );
  if (claim.customerId) await markClaimed(work, claim.customerId, { madeBy: claim.madeBy, usedBy: person.id });
  return person.id;
}

/** A person for whom two links were made gets its account by one of them. */
async function withoutSignIn(work: Work, id: string): Promise<string> {
  const person = await lockUnscoped(work, serverRecord(work.application.registry, 'person'), id);
  if (await hasSignIn(work.client, id)) stop(signedInAlready(person.title));
  return id;
}

const signedInAlready = (title: string) =>
  refuse('refused', refusal('person.has-sign-in', `${title} can sign in already.`, 'They use the password they have.'));

/** From now on the customer can decide; a second link made before that is worth nothing. Who made the link and who used it stand in the journal, for everyone concerned. */
async function markClaimed(
  work: Work,
  customerId: string,
  claim: { madeBy: string | null; usedBy: string },
): Promise<void> {
  const record = serverRecord(work.application.registry, customerRecord);
  const customer = await load(work.client, record, work.caller.principal, customerId, true);
  if (!customer) throw new Error('the customer of a link is gone');
  if (customer.fields.claimedAt) stop(claimedAlready(customer.title));
  await save(work, record, customer, {
    fields: { claimedAt: work.now },
    extra: { _claim: claim },
    entry: { kind: 'edited', reason: 'Claimed by its administrator through the one-time link.' },
  });
}

const claimedAlready = (title: string) =>
  refuse(
    'refused',
    refusal('customer.claimed', `${title} is claimed already.`, 'Its own administrator invites further people.'),
  );

async function inviteCustomer(application: Application, principal: Principal, id: string) {
  if (!principal.grants.some((grant) => grant.role === administratorRole))
    return refuse(
      'forbidden',
      refusal('permission.role', "The platform administrator makes a customer's link.", 'Ask the administrator.'),
    );
  const record = serverRecord(application.registry, customerRecord);
  const customer = await load(application.pool, record, principal, id);
  if (!customer) return missing('customer organisation', id);
  if (customer.fields.claimedAt) return claimedAlready(customer.title);
  return invitation(application, principal, { kind: 'customer', customerId: id });
}

async function invitePerson(application: Application, principal: Principal, id: string) {
  const person = await loadHeader(application.pool, principal, id);
  if (!person || person.type !== 'person') return missing('person', id);
  // A provider's administrator who could set a customer's password could decide in the customer's name.
  if (!(await keepsPerson(application.pool, principal, person.id)))
    return refuse(
      'forbidden',
      refusal(
        'person.not-your-side',
        'People are invited by the administrator of their own side.',
        'Ask the administrator of their side.',
      ),
    );
  // A second sign-in would let its maker act as this person.
  if (await hasSignIn(application.pool, id)) return signedInAlready(person.title);
  return invitation(application, principal, { kind: 'person', personId: id });
}

async function invitation(
  application: Application,
  principal: Principal,
  of: Pick<Partial<Claim>, 'customerId' | 'personId'> & { kind: Claim['kind'] },
) {
  const issued = application.clock();
  const expiresAt = new Date(issued + 7 * dayMs).toISOString();
  const token = await createClaim(application.pool, {
    ...of,
    providerId: principal.providerId,
    madeBy: principal.id,
    now: new Date(issued).toISOString(),
    expiresAt,
  });
  return done({ token, path: `/welcome#${token}`, expiresAt });
}
