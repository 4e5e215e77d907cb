// API keys: of one's own, and those of the people of one's side.
import { z } from 'zod';
import { idText, instantText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { keepsPerson, otherSide } from '../../core/party/keeps-person.ts';
import { makeKey } from '../../core/party/make-key.ts';
import { keyOfId, keysOf, revokeKey } from '../../core/permission/key.ts';
import type { Key, KeyScope } from '../../core/permission/key.ts';
import type { Caller, Principal } from '../../core/permission/principal.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import type { Application } from '../../core/record/define/work.ts';
import { done, refusal, refuse } from '../../core/refusal/refusal.ts';
import type { Outcome, Refused } from '../../core/refusal/refusal.ts';
import { accessView, keyList } from '../views.ts';
import { ownPassword, staleSession } from './fresh.ts';
import type { SignIn } from './sign-in.ts';
import { wayInOf } from './store/accounts.ts';

const tag = 'People';
const scopes = z.array(z.enum(['read', 'write', 'decide']));
const params = z.object({ id: idText });

export const keyEndpoints = (signIn: SignIn): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/keys',
    operationId: 'key.list',
    tag,
    status: 200,
    summary: 'List your own API keys, also those that ended',
    description:
      'Lists the API keys that act as you, the newest first, with those that ended. No secret is told again.',
    response: keyList,
    handle: async ({ application, caller: { principal } }) => done(await listOf(application, principal, principal.id)),
  }),
  endpoint({
    method: 'GET',
    path: '/people/{id}/access',
    operationId: 'person.access',
    refusals: ['permission.other-side'],
    tag,
    status: 200,
    summary: 'How a person gets in: whether it signs in, and its API keys',
    description:
      'Tells whether a person has a password and a second factor, and which API keys act as it, for that person and for the administrator of its own side.',
    params,
    response: accessView,
    handle: async ({ application, caller: { principal }, params: { id } }) => {
      const person = await loadHeader(application.pool, principal, id);
      if (!person || person.type !== 'person') return missing('person', id);
      const isOneself = person.id === principal.id;
      const mayLetIn = !isOneself && (await keepsPerson(application.pool, principal, { id: person.id, act: 'let in' }));
      if (!mayLetIn && !isOneself) return refuse('forbidden', otherSide('let in'));
      const way = await wayInOf(application.pool, person.id);
      return done({ ...way, mayLetIn, ...(await listOf(application, principal, person.id)) });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/keys',
    operationId: 'key.create',
    refusals: ['key.longer', 'key.past', 'key.wider', 'sign-in.fresh'],
    tag,
    status: 201,
    summary: 'Make an API key of your own; its secret is told once',
    description:
      'Makes an API key that acts as you. Signed in, you give your password with it, or have signed in a moment ago; a key makes only keys that may no more than itself, end no later, and end with it. Its secret is in this answer and nowhere else.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: scopes.min(1).max(3),
      expiresAt: instantText.optional(),
      password: ownPassword,
    }),
    response: z.object({ id: idText, key: z.string() }),
    handle: (call) => ownKey(call, signIn),
  }),
  endpoint({
    method: 'POST',
    path: '/keys/{id}/revoke',
    operationId: 'key.revoke',
    endsAccess: true,
    tag,
    status: 200,
    summary: 'Revoke an API key of yours, or of a person of your side',
    description:
      'Ends an API key at once, with all that it made: one of your own, or as administrator one of a person of your own side. What was done with it stays in the journal under its name.',
    params,
    response: z.object({ id: idText }),
    handle: async ({ application, caller: { principal }, params: { id } }) => {
      const { providerId } = principal;
      const key = await keyOfId(application.pool, { providerId, id });
      if (!key || !(await mayKeep(application, principal, key.person))) return missing('key', id);
      await revokeKey(application.pool, { providerId, person: key.person, id: key.id, now: machineNow(application) });
      return done({ id: key.id });
    },
  }),
];

const machineNow = (application: Application): string => new Date(application.clock()).toISOString();

const mayKeep = async (application: Application, principal: Principal, person: string): Promise<boolean> =>
  person === principal.id || (await keepsPerson(application.pool, principal, { id: person, act: 'let in' }));

async function listOf(application: Application, { providerId }: Principal, id: string): Promise<{ items: Key[] }> {
  const keys = await keysOf(application.pool, { providerId, id });
  return { items: keys };
}

interface Wanted {
  name: string;
  scopes: KeyScope[];
  expiresAt?: string | undefined;
  password?: string | undefined;
}

async function ownKey(
  { application, caller, body }: { application: Application; caller: Caller; body: Wanted },
  signIn: SignIn,
): Promise<Outcome<{ id: string; key: string }>> {
  const { principal } = caller;
  const now = machineNow(application);
  const refused = principal.key
    ? beyond(principal.key, principal.keyScopes ?? [], body)
    : await staleSession(signIn, principal, { now, password: body.password });
  if (refused) return refused;
  const expiresAt = body.expiresAt ?? principal.key?.expiresAt ?? null;
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now))
    return refuse(
      'refused',
      refusal('key.past', 'This key would have ended already.', 'Name a later end.', 'expiresAt'),
    );
  const { name, scopes: may } = body;
  return makeKey(application, caller, principal.id, { name, scopes: may, expiresAt, parent: principal.key?.id });
}

/** A key makes none that may more than itself, or lasts longer. */
function beyond(
  { expiresAt }: { expiresAt: string | null },
  held: readonly string[],
  wanted: Wanted,
): Refused | undefined {
  const wider = wanted.scopes.filter((scope) => !held.includes(scope));
  if (wider.length)
    return refuse(
      'forbidden',
      refusal('key.wider', `A key cannot make a key that may more (${wider.join(', ')}).`, 'Sign in to make it.'),
    );
  const isLonger =
    expiresAt !== null && wanted.expiresAt !== undefined && Date.parse(wanted.expiresAt) > Date.parse(expiresAt);
  return isLonger
    ? refuse(
        'forbidden',
        refusal('key.longer', 'A key cannot make a key that lasts longer.', 'Sign in to make it.', 'expiresAt'),
      )
    : undefined;
}
