import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { writesNothing } from '../permission/ended.ts';
import type { Caller } from '../permission/principal.ts';
import { veiled } from '../record/read/veil.ts';
import { withRoleNames } from '../permission/role-names.ts';
import { refusable, refusal, refuse } from '../refusal/refusal.ts';
import type { Refused } from '../refusal/refusal.ts';
import { placeText } from '../journal/live-entries.ts';
import { nowOf } from '../record/define/work.ts';
import type { Application } from '../record/define/work.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { countedCallers } from './counted-callers.ts';
import { withKey } from './idempotency-key.ts';
import { bytesOf, parse } from './input.ts';
import type { Input } from './input.ts';
import type { Received } from './received.ts';
import { answer, answerErrors, tooMany } from './answer-error.ts';

export interface ServerOptions {
  application: Application;
  endpoints: readonly Endpoint[];
  /** Who is asking; a refusal where a credential was given that does not hold. */
  authenticate: (request: FastifyRequest) => Promise<Caller | Refused | undefined>;
  /** What a request says who asks by: a key, or a session. */
  credentialOf: (request: FastifyRequest) => string | undefined;
  /** Calls a minute for one caller; an address has a fifth of it for those who are not known. */
  callsPerMinute: number;
  /** Addresses of proxies that are believed about who stands behind them; nobody is, unless said. */
  trustProxy?: string | undefined;
  /** Told over https only: cookies and HSTS follow. */
  secure: boolean;
  logLevel: string;
  /** After so many milliseconds without a byte either way a connection is ended; two minutes unless told otherwise. */
  silence?: number;
  /** Whether there is room left where the data lies: a database that is away for want of it is told as such. */
  hasRoom?: () => boolean;
  /** Told of every call that an operation answered: counted for /metrics. */
  answered?: (call: Answered) => void;
}

export interface Answered {
  operationId: string;
  status: number;
  seconds: number;
  /** Of the refusals that it was answered with. */
  codes: readonly string[];
}

/** The API server. Everything it answers comes from an endpoint's data; a bug is a 500 with its request id, and is logged. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    logger: { level: options.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    bodyLimit: 2_000_000,
    // Who neither sends nor reads for so long is let go: what it was to be answered is kept for nobody.
    connectionTimeout: options.silence ?? 120_000,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 200 },
    genReqId: () => crypto.randomUUID(),
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    hsts: options.secure,
    referrerPolicy: { policy: 'no-referrer' },
  });
  const callers = countedCallers(options.credentialOf);
  await server.register(rateLimit, {
    max: (_request, key) =>
      callers.isKnown(key) ? options.callsPerMinute : Math.max(1, Math.ceil(options.callsPerMinute / 5)),
    timeWindow: 60_000,
    keyGenerator: callers.keyOf,
    errorResponseBuilder: () => tooMany(),
  });
  server.setErrorHandler(answerErrors(options));
  server.setNotFoundHandler((request, reply) =>
    answer(
      reply,
      refuse(
        'not_found',
        refusal(
          'http.no-such-path',
          `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
          'The paths are listed in /api/v1/openapi.json.',
        ),
      ),
    ),
  );
  const stop = new AbortController();
  server.addHook('preClose', async () => stop.abort());
  const authenticate = async (request: FastifyRequest) => {
    const caller = await options.authenticate(request);
    callers.looked(request, caller !== undefined && !('ok' in caller));
    return caller;
  };
  const serving = { ...options, authenticate, stopping: stop.signal };
  const [ofBytes, ofJson] = [
    options.endpoints.filter(takesBytes),
    options.endpoints.filter((each) => !takesBytes(each)),
  ];
  for (const endpoint of ofJson) register(server, serving, endpoint);
  await server.register(async (apart) => {
    apart.removeAllContentTypeParsers();
    apart.addContentTypeParser('application/octet-stream', (_request, body, parsed) => parsed(null, body));
    for (const endpoint of ofBytes) register(apart, serving, endpoint);
  });
  return server;
}

const takesBytes = (endpoint: Endpoint): boolean => endpoint.takesBytes !== undefined;

/** Who has no credential yet is counted by address: an invented one must not open a bucket of its own. */
const byAddress = (request: FastifyRequest): string => request.ip;

type Serving = ServerOptions & Pick<Call, 'stopping'>;

function register(server: FastifyInstance, options: Serving, endpoint: Endpoint): void {
  server.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`,
    ...(endpoint.rateLimit
      ? {
          config: {
            rateLimit: {
              max: endpoint.rateLimit,
              timeWindow: 60_000,
              ...(endpoint.public ? { keyGenerator: byAddress } : {}),
            },
          },
        }
      : {}),
    handler: async (request, reply) => {
      const started = performance.now();
      const refused = await respond(options, endpoint, request, reply);
      if (refused) answer(reply, refused);
      const seconds = (performance.now() - started) / 1000;
      const codes = (refused?.refusals ?? []).map(({ code }) => code);
      options.answered?.({ operationId: endpoint.operationId, status: reply.statusCode, seconds, codes });
      return reply;
    },
  });
}

/** Answers a call that is carried out; a refusal is the caller's to answer. */
async function respond(
  options: Serving,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Refused | undefined> {
  const caller = await admit(options, endpoint, request);
  if ('ok' in caller) return caller;
  // Whoever shows an age counts it by the provider's clock: it comes with every answer, before the first age is shown.
  if (!endpoint.public) reply.header('x-servicewright-now', nowOf(options.application, caller));
  // Whoever shows what it read follows from here: nothing lies between the reading and the stream.
  if (caller.principal.settled) reply.header('x-servicewright-place', placeText(caller.principal.settled));
  const input = parse(endpoint, request);
  if ('ok' in input) return input;
  const admitted = await refusable(async () => Promise.resolve(endpoint.admits?.(caller)));
  if (!admitted.ok) return inRoleNames(options, admitted);
  const bytes = await bytesOf(options, endpoint, request);
  if (bytes && 'ok' in bytes) return bytes;
  try {
    // Bytes take their time, and rights may have ended meanwhile.
    const still = bytes ? await admit(options, endpoint, request) : caller;
    if ('ok' in still) return still;
    return await handle(options, endpoint, { caller: still, input, bytes, request, reply });
  } finally {
    await bytes?.close();
  }
}

interface Handled extends Pick<Call, 'request' | 'reply' | 'caller'> {
  input: Input;
  bytes: Received | undefined;
}

async function handle(
  options: Serving,
  endpoint: Endpoint,
  { caller, input, bytes, request, reply }: Handled,
): Promise<Refused | undefined> {
  const keyed = withKey(endpoint, caller, { request, bytes });
  if ('ok' in keyed) return keyed;
  const outcome = await endpoint.handle({
    application: options.application,
    caller: keyed,
    ...input,
    ...(bytes ? { body: bytes } : {}),
    request,
    reply,
    admitAgain: async () => {
      const again = await admit(options, endpoint, request);
      return 'ok' in again ? undefined : again;
    },
    stopping: options.stopping,
  });
  if (reply.sent) return undefined;
  if (!outcome.ok) return inRoleNames(options, outcome);
  const { principal } = caller;
  const { pool } = options.application;
  reply.code(endpoint.status).send(await veiled(pool, principal, outcome.value, subjectOf(endpoint, outcome.value)));
  return undefined;
}

/** The record that an act altered, as its answer names it. */
function subjectOf({ method }: Endpoint, given: unknown): string | undefined {
  if (method === 'GET' || typeof given !== 'object' || given === null) return undefined;
  const named = 'record' in given ? given.record : 'id' in given ? given.id : undefined;
  return typeof named === 'string' ? named : undefined;
}

const inRoleNames = ({ application }: ServerOptions, refused: Refused): Refused => ({
  ...refused,
  refusals: withRoleNames(application.registry.roles, refused.refusals),
});

const nobody = {
  kind: 'system',
  id: '',
  name: '',
  providerId: '',
  customer: null,
  grants: [],
  keyScopes: null,
  example: false,
  scenarioNow: null,
} as const;

/** The caller, if this endpoint is open to it. */
async function admit(options: ServerOptions, endpoint: Endpoint, request: FastifyRequest): Promise<Caller | Refused> {
  if (endpoint.public) return { principal: { ...nobody, grants: [] }, channel: 'api', requestId: request.id };
  const caller = await options.authenticate(request);
  if (!caller)
    return refuse(
      'unauthenticated',
      refusal(
        'sign-in.needed',
        'Nobody is signed in.',
        'Sign in, or send an API key as "Authorization: Bearer sw_...".',
      ),
    );
  if ('ok' in caller) return caller;
  const scope = endpoint.scope ?? (endpoint.method === 'GET' ? 'read' : 'write');
  const { keyScopes } = caller.principal;
  if (keyScopes && !keyScopes.includes(scope))
    return refuse(
      'forbidden',
      refusal(
        scope === 'decide' ? 'decision.key-scope' : 'permission.key-scope',
        `This API key lacks the scope "${scope}".`,
        `Make a key with the scope "${scope}".`,
      ),
    );
  return (scope === 'read' || endpoint.endsAccess ? undefined : writesNothing(caller.principal)) ?? caller;
}
