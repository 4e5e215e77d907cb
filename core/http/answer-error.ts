// Errors on the way to an answer: what the caller did wrong, what passes, and bugs.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseFault } from '../database/fault.ts';
import { refusal, refuse } from '../refusal/refusal.ts';
import type { Refused } from '../refusal/refusal.ts';
import { lookup } from '../names/lookup.ts';
import { problem } from './problem.ts';

/** What passes by itself, or by an operator's hand. */
const faults = lookup({
  unavailable: refuse(
    'unavailable',
    refusal(
      'database.unavailable',
      'The database does not answer just now.',
      'Try again in a moment. Under the same Idempotency-Key nothing is done twice.',
    ),
  ),
  full: refuse(
    'no_room',
    refusal(
      'database.full',
      'The disk of the server is full: nothing was saved.',
      'Ask your administrator to make room; then try again. What you typed is kept.',
    ),
  ),
});

export const tooMany = () => Object.assign(new Error('too many'), { statusCode: 429 });

/** Answers what an endpoint could not: `hasRoom` tells whether there is room left where the data lies. */
export const answerErrors =
  ({ hasRoom = () => true }: { hasRoom?: () => boolean }) =>
  (error: { statusCode?: number; message: string }, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const status = error.statusCode ?? 500;
    if (status === 429)
      return answer(
        reply,
        refuse('too_many', refusal('http.too-many', 'You call too often.', 'Wait a minute, and spread your calls.')),
      );
    if (status >= 400 && status < 500)
      return answer(
        reply,
        refuse('invalid', refusal('http.malformed', error.message, 'Send it as the OpenAPI document describes.')),
        status,
      );
    const fault = databaseFault(error);
    if (fault) return answer(reply.header('retry-after', '5'), faults[hasRoom() ? fault : 'full']);
    request.log.error({ err: error }, 'bug');
    return reply
      .code(500)
      .type('application/problem+json')
      .send({
        type: 'about:blank',
        title: 'A fault of the server',
        status: 500,
        code: 'bug',
        detail: `The server failed; nothing was saved. Quote ${request.id} when you report it.`,
        refusals: [],
      });
  };

export function answer(reply: FastifyReply, refused: Refused, status?: number): FastifyReply {
  const told = problem(refused);
  return reply
    .code(status ?? told.status)
    .type('application/problem+json')
    .send(status === undefined ? told : { ...told, status });
}
