// Making one-time links: for a customer's first administrator, for a person without a password, or with one that is lost.
import { z } from 'zod';
import { dayMs } from '../../core/clock/units.ts';
import { idText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { isForsaken } from '../../core/party/administrators.ts';
import { holdsItself, keepsPerson, otherSide } from '../../core/party/keeps-person.ts';
import { administratorRole, customerRecord, personRecord } from '../../core/party/party.ts';
import { noticeDays } from '../../core/party/succession.ts';
import { isToCome, mayComeNow } from '../../core/party/succession-rules.ts';
import { createClaim } from '../../core/permission/claim.ts';
import { lockPeople, requireStanding } from '../../core/permission/credentials.ts';
import type { Caller } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Application, Work } from '../../core/record/define/work.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { save } from '../../core/record/edit/save.ts';
import { lock } from '../../core/record/read/load.ts';
import { done, refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import type { Outcome } from '../../core/refusal/refusal.ts';
import { mayNotLetIn, ownPassword } from './fresh.ts';
import type { SignIn } from './sign-in.ts';
import { accountOf } from './store/accounts.ts';

const tag = 'People';
const params = z.object({ id: idText });
const body = z.strictObject({ password: ownPassword }).optional();
const response = z.object({ token: z.string(), path: z.string(), expiresAt: z.string() });
type Link = z.infer<typeof response>;

export const invitationEndpoints = (signIn: SignIn): readonly Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/customers/{id}/invitation',
    operationId: 'customer.invite-administrator',
    refusals: [
      'customer.claimed',
      'customer.ended',
      'customer.not-announced',
      'permission.role',
      'sign-in.by-key',
      'sign-in.fresh',
    ],
    tag,
    status: 201,
    summary: "Make the one-time link by which a customer's administrator claims it",
    description:
      'Makes the one-time link by which the first administrator of a customer organisation claims it. Where nobody keeps it any more and fewer than two of its people could name somebody, it lets in whom two administrators of the provider announced, once fourteen days have passed in which nobody stopped it. It is told once; who made it and who uses it stands in the journal. Made by somebody who signed in a moment ago or gives the password, never by an API key.',
    params,
    body,
    response,
    handle: async (call) =>
      (await barred(signIn, call)) ?? inviteCustomer(call.application, call.caller, call.params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/people/{id}/invitation',
    operationId: 'person.invite',
    refusals: [
      'permission.other-side',
      'permission.role',
      'person.left',
      'person.oneself',
      'sign-in.by-key',
      'sign-in.fresh',
    ],
    tag,
    status: 201,
    summary: 'Make the one-time link by which a person sets a password, for the first time or anew',
    description:
      'Makes the one-time link by which a person sets a password. Of somebody who has one already it sets another, and ends their second factor, sessions, keys and other links once it is used. The link is in this answer and nowhere else; that it was made and used stands in the journal. Made for somebody else, by whoever signed in a moment ago or gives the password; never by an API key.',
    params,
    body,
    response,
    handle: async (call) => (await barred(signIn, call)) ?? invitePerson(call.application, call.caller, call.params.id),
  }),
];

const barred = (
  signIn: SignIn,
  {
    application,
    caller,
    body: given,
  }: Pick<Call<unknown, unknown, z.infer<typeof body>>, 'application' | 'caller' | 'body'>,
) =>
  mayNotLetIn(signIn, caller.principal, {
    now: new Date(application.clock()).toISOString(),
    password: given?.password,
  });

/** A link that replaces a password is for the same day: it lies about like a password meanwhile. */
const days = { first: 7, again: 1 };

export const claimedAlready = (title: string) =>
  refuse(
    'refused',
    refusal('customer.claimed', `${title} is claimed already.`, 'Its own administrator invites further people.'),
  );

async function inviteCustomer(application: Application, caller: Caller, id: string): Promise<Outcome<Link>> {
  if (!holdsItself(caller.principal.grants, administratorRole, null))
    return refuse(
      'forbidden',
      refusal(
        'permission.role',
        "The platform administrator makes a customer's link, in its own right.",
        'Ask the administrator.',
      ),
    );
  const attempt = { command: 'invite administrator', type: 'customer', id };
  return linked(await act(application, caller, attempt, async (work) => ({ id, data: await customerLink(work, id) })));
}

async function customerLink(work: Work, id: string): Promise<Link> {
  const record = serverRecord(work.application.registry, customerRecord);
  const customer = await lock(work, record, id);
  if (customer.state === 'ended')
    stop(
      refuse('refused', refusal('customer.ended', `${customer.title} has ended.`, 'Note it as an organisation anew.')),
    );
  if (customer.fields.claimedAt === null)
    return newLink(work, { kind: 'customer', customerId: customer.id }, days.first);
  if (!(await isForsaken(work, customer.id))) stop(claimedAlready(customer.title));
  const { announced, announcedUntil } = customer.fields;
  if (announced === null || !mayComeNow(announcedUntil, work.now)) stop(noneAnnounced(customer, work.now));
  await save(work, record, customer, {
    extra: { _link: { madeBy: work.caller.principal.id } },
    entry: { kind: 'edited', reason: 'A one-time link was made for the administrator whom two had announced.' },
  });
  const renews = (await accountOf(work.client, announced)) !== undefined;
  return newLink(work, { kind: 'customer', customerId: customer.id, personId: announced, renews }, days.again);
}

const noneAnnounced = ({ title, fields: { announcedUntil } }: RecordOf<typeof customerRecord>, now: string) =>
  refuse(
    'refused',
    refusal(
      'customer.not-announced',
      isToCome(announcedUntil, now)
        ? `What was announced for ${title} may be stopped until ${announcedUntil?.slice(0, 10)}.`
        : `${title} is claimed, and its administrator can sign in no more: nobody is announced, or it was too long ago.`,
      isToCome(announcedUntil, now)
        ? 'Make the link from then on.'
        : `Two administrators of the provider announce one of its people; the link may be made ${noticeDays} days later.`,
    ),
  );

async function invitePerson(application: Application, caller: Caller, id: string): Promise<Outcome<Link>> {
  const attempt = { command: 'invite', type: 'person', id };
  return linked(
    await act(application, caller, attempt, async (work) => {
      const person = await lock(work, serverRecord(application.registry, personRecord), id);
      // A provider's administrator who could set a customer's password could decide in the customer's name.
      if (!(await keepsPerson(work.client, caller.principal, { id: person.id, act: 'let in' })))
        stop(refuse('forbidden', otherSide('let in')));
      if (person.id === caller.principal.id) stop(oneself());
      return { id, data: await personLink(work, person) };
    }),
  );
}

/** It would end the second factor, and need no password: what a session must not do for itself. */
const oneself = () =>
  refuse(
    'forbidden',
    refusal(
      'person.oneself',
      'Nobody makes a one-time link for themselves.',
      'Change your password, or ask another administrator of your side.',
    ),
  );

async function personLink(work: Work, person: RecordOf<typeof personRecord>): Promise<Link> {
  if (person.state === 'left') stop(leftAlready(person.title));
  const renews = (await accountOf(work.client, person.id)) !== undefined;
  await save(work, serverRecord(work.application.registry, personRecord), person, {
    extra: { _link: { madeBy: work.caller.principal.id } },
    entry: {
      kind: 'edited',
      reason: renews ? 'A one-time link was made that replaces the password.' : 'A one-time link was made.',
    },
  });
  return newLink(work, { kind: 'person', personId: person.id, renews }, renews ? days.again : days.first);
}

export const leftAlready = (title: string) =>
  refuse('refused', refusal('person.left', `${title} has left.`, 'Note them as a new person.'));

type For = Omit<Parameters<typeof createClaim>[1], 'providerId' | 'madeBy' | 'now' | 'expiresAt'>;

/** Links live by the machine's clock, as sessions do, whatever the provider's shows. */
async function newLink({ application, client, caller }: Work, of: For, lasts: number): Promise<Link> {
  const issued = application.clock();
  const expiresAt = new Date(issued + lasts * dayMs).toISOString();
  const { providerId, id: madeBy } = caller.principal;
  const now = new Date(issued).toISOString();
  // A link that is made while its maker signs out everywhere, or is suspended, ends with the others or is not made.
  await lockPeople(client, providerId, [madeBy]);
  await requireStanding(client, caller.principal);
  const token = await createClaim(client, { ...of, providerId, madeBy, now, expiresAt });
  return { token, path: `/welcome#${token}`, expiresAt };
}

function linked(outcome: Outcome<{ data?: Link }>): Outcome<Link> {
  if (!outcome.ok) return outcome;
  if (!outcome.value.data) throw new Error('a link was made, and is not told');
  return done(outcome.value.data);
}
