import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../permission/principal.ts';
import type { Outcome } from '../refusal/refusal.ts';
import type { Application } from '../record/define/work.ts';
import type { Writes } from './refusal-codes.ts';
import type { Received } from './received.ts';

/** What an endpoint's code is given: validated input and who asks. */
export interface Call<P = Record<string, string>, Q = Record<string, unknown>, B = unknown> {
  application: Application;
  caller: Caller;
  params: P;
  query: Q;
  body: B;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Who is asking, judged anew by the key or session of this request; undefined once that is worth nothing any more. */
  admitAgain: () => Promise<Caller | undefined>;
  /** Aborted when the server is told to stop: what goes on answering ends then, or it would be waited for. */
  stopping: AbortSignal;
}

/** An endpoint is data: server, OpenAPI, CLI and tests derive from it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH';
  /** Below /api/v1, with `{parameters}`. */
  path: string;
  /** `<noun>.<verb>`, unique. */
  operationId: string;
  summary: string;
  /** What it does and what comes back, in a sentence or two for a person. */
  description: string;
  tag: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Its body is bytes rather than JSON (`received` is its schema), at most so many. */
  takesBytes?: (application: Application) => number;
  /** Whether its bytes are taken from this caller at all, asked before the first of them: refuses by `stop`. */
  admits?: (caller: Caller) => void;
  /** Its answer is bytes rather than JSON: a stream, of which the handler tells the headers. */
  givesBytes?: true;
  /** A request's body as one may send it, where the least that its schema takes would mean nothing. */
  example?: unknown;
  /** The status of success and its body. */
  status: 200 | 201 | 202;
  response: z.ZodType;
  /** What it does to records: the codes of their rules follow from it. */
  writes?: Writes;
  /** It may alter a record of any type, as an edit does. */
  anyType?: true;
  /** It decides at gates. */
  decides?: true;
  /** Codes of refusals beyond those that follow from what it takes, writes and decides. */
  refusals?: readonly string[];
  /** Statuses of refusals beyond those that follow from what it takes. */
  refusesWith?: readonly number[];
  /** Open to callers without a sign-in. */
  public?: true;
  /** What an API key must hold; default: read for GET, write otherwise. */
  scope?: 'read' | 'write' | 'decide';
  /** It ends a way in, which whoever reads only may do too. */
  endsAccess?: true;
  /** Takes an Idempotency-Key. */
  idempotent?: true;
  /** Calls a minute per caller, where tighter than the rest. */
  rateLimit?: number;
  handle: (call: Call) => Promise<Outcome<unknown>>;
}

/** The body of an endpoint that takes bytes: spooled, and closed once it has been handled. */
export const received = z.custom<Received>();

/** What a handler gives: the declared shape, of which nobody alters anything any more. */
export type Answer<T> = T extends readonly (infer U)[]
  ? readonly Answer<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Answer<T[K]> }
    : T;

/** Statuses with which an operation may answer a call that it does not carry out. */
export function statusesOfRefusal({ method, params, body, public: open, refusesWith = [] }: Endpoint): number[] {
  return [
    ...(body ? [400, 413, 415] : []),
    ...(open ? [] : [401, 403]),
    // The address or the body names a record.
    ...(params || body ? [404] : []),
    ...(method === 'GET' ? [] : [409]),
    // Also a parameter that no operation knows.
    422,
    429,
    500,
    503,
    507,
    ...refusesWith,
  ].toSorted((one, other) => one - other);
}

/** Declares an endpoint with its input typed by its schemas. */
export function endpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  declared: Omit<Endpoint, 'handle' | 'params' | 'query' | 'body' | 'response'> & {
    params?: P;
    query?: Q;
    body?: B;
    response: R;
    handle: (call: Call<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Outcome<Answer<z.input<R>>>>;
  },
): Endpoint {
  return declared as unknown as Endpoint; // the server parses with these very schemas before it calls
}
