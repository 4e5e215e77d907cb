import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../permission/principal.ts';
import { refusal, refuse } from '../refusal/refusal.ts';
import type { Refused } from '../refusal/refusal.ts';
import type { Endpoint } from './endpoint.ts';
import type { Received } from './received.ts';

const longestKey = 200;

/** The caller with the key under which the call is done once, where one is sent. */
export function withKey(
  endpoint: Endpoint,
  caller: Caller,
  { request, bytes }: { request: FastifyRequest; bytes: Received | undefined },
): Caller | Refused {
  const key = request.headers['idempotency-key'];
  if (!endpoint.idempotent || typeof key !== 'string' || key === '') return caller;
  // Two keys that are alike in their beginning are two: none is cut.
  if (key.length > longestKey)
    return refuse(
      'invalid',
      refusal(
        'idempotency.key',
        `The Idempotency-Key is longer than ${longestKey} characters.`,
        'Use a shorter one, such as a UUID.',
      ),
    );
  const requestHash = createHash('sha256')
    .update(`${request.method} ${request.url}\n${bytes ? bytes.sha256 : JSON.stringify(request.body ?? null)}`)
    .digest('hex');
  return { ...caller, idempotency: { key, requestHash } };
}
