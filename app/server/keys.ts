// API keys of one's own.
import { z } from 'zod';
import { idText, instantText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { makeKey } from '../../core/party/make-key.ts';
import type { Caller } from '../../core/permission/principal.ts';
import type { KeyScope } from '../../core/permission/resolve.ts';
import { missing } from '../../core/record/read/load.ts';
import type { Application } from '../../core/record/define/work.ts';
import { done, refusal, refuse } from '../../core/refusal/refusal.ts';
import { revokeKey } from './store.ts';

const tag = 'People';

export const keyEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/keys',
    operationId: 'key.create',
    refusals: ['key.wider'],
    tag,
    status: 201,
    summary: 'Make an API key of your own; its secret is told once',
    description:
      'Makes an API key that acts as you, with the scopes you give it and no more than you hold. Its secret is in this answer and nowhere else.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z
        .array(z.enum(['read', 'write', 'decide']))
        .min(1)
        .max(3),
      expiresAt: instantText.optional(),
    }),
    response: z.object({ id: idText, key: z.string() }),
    handle: ({ application, caller, body }) => ownKey(application, caller, body),
  }),
  endpoint({
    method: 'POST',
    path: '/keys/{id}/revoke',
    operationId: 'key.revoke',
    refusals: ['permission.role'],
    tag,
    status: 200,
    summary: 'Revoke one of your API keys',
    description: 'Ends one of your own API keys at once. What was done with it stays in the journal under its name.',
    params: z.object({ id: idText }),
    response: z.object({ id: idText }),
    handle: async ({ application, caller, params }) =>
      (await revokeKey(application.pool, caller.principal, params.id, new Date(application.clock()).toISOString()))
        ? done({ id: params.id })
        : missing('key', params.id),
  }),
];

async function ownKey(
  application: Application,
  caller: Caller,
  body: { name: string; scopes: KeyScope[]; expiresAt?: string | undefined },
) {
  const { id, keyScopes } = caller.principal;
  const wider = keyScopes ? body.scopes.filter((scope) => !keyScopes.includes(scope)) : [];
  if (wider.length)
    return refuse(
      'forbidden',
      refusal('key.wider', `A key cannot make a key that may more (${wider.join(', ')}).`, 'Sign in to make it.'),
    );
  return makeKey(application, caller, id, body);
}
