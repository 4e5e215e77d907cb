// Sign-in by better-auth: passwords, TOTP, sessions. Who a person is and may do stays ours.
import { betterAuth } from 'better-auth';
import { getAdapter } from 'better-auth/db/adapter';
import { fromNodeHeaders } from 'better-auth/node';
import { twoFactor } from 'better-auth/plugins';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Principal } from '../../core/permission/principal.ts';
import { withHashedSessions } from './hashed-sessions.ts';
import { provePassword, proving } from './proven.ts';
import { checkPassword, peerHeader, sessionHooks, signInHooks, tries } from './sign-in-hooks.ts';

export interface SignInOptions {
  appConfig: pg.ClientConfig;
  baseUrl: string;
  secret: string;
}

export type SignIn = Awaited<ReturnType<typeof createSignIn>>;

/**
 * What an address may try in a minute, however many sit behind it: what one account may is counted by account and network.
 * Counted in the database, so that several processes share the count.
 */
const perAddress = { window: 60, max: 600 };

/** The sign-in library on a small pool of its own: it wants Dates where the rest of the application has ISO texts. */
export async function createSignIn({ appConfig, baseUrl, secret }: SignInOptions) {
  // A whole desk that signs in at once waits here for its turn, and on a busy machine for longer than a call elsewhere.
  const pool = new pg.Pool({ ...appConfig, max: 3, connectionTimeoutMillis: 30_000 });
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined); // an idle connection that the server closed; the next call takes a new one
  const options = {
    baseURL: baseUrl,
    basePath: '/api/v1/auth',
    secret,
    telemetry: { enabled: false },
    // A page of this very host may sign in, under whatever name the host is reached: the browser says both.
    trustedOrigins: (request?: Request) => hostsOwn(baseUrl, request?.headers.get(hostHeader)),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 12,
      maxPasswordLength: 256,
      disableSignUp: true,
      password: { verify: provePassword },
    },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 24 },
    verification: { storeIdentifier: 'hashed' as const },
    // They tell sessions by their tokens, which stand nowhere: all are ended together, by /revoke-sessions.
    // Who somebody is called is ours: no name and no picture is kept there.
    // Nor does a page of ours say what somebody's link says.
    disabledPaths: ['/list-sessions', '/revoke-session', '/revoke-other-sessions', '/update-user', '/error'],
    advanced: {
      disableOriginCheck: false, // the library leaves it out by itself where it believes to be tested
      disableCSRFCheck: false,
      database: { generateId: 'uuid' as const },
      cookiePrefix: 'servicewright',
      ipAddress: { ipAddressHeaders: [peerHeader] },
    },
    rateLimit: {
      enabled: true,
      storage: 'database' as const,
      window: 60,
      max: 3000,
      customRules: { '/sign-in/email': perAddress, '/two-factor/*': perAddress },
    },
    hooks: signInHooks(pool, secret),
    databaseHooks: sessionHooks(pool),
    plugins: [twoFactor({ issuer: 'Servicewright' })],
    // What is no refusal of its own comes to us, who tell a database that is away from a bug.
    onAPIError: { throw: true },
    logger: { disabled: true },
  };
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) }).withSchema('identity');
  const tables = withHashedSessions(await getAdapter({ ...options, database: { db, type: 'postgres' } }));
  const auth = betterAuth({ ...options, database: () => tables });
  const verify = async (hash: string, password: string) => (await auth.$context).password.verify({ hash, password });
  return {
    auth,
    secret,
    baseUrl,
    answers: () => pool.query('select 1'),
    checkPassword: (person: Pick<Principal, 'providerId' | 'id'>, password: string) =>
      checkPassword(pool, verify, { person, password }),
    close: () => pool.end(),
  };
}

const hostHeader = 'x-servicewright-host';

const hostsOwn = (baseUrl: string, host: string | null | undefined): string[] =>
  host ? [new URL(baseUrl).origin, `http://${host}`, `https://${host}`] : [new URL(baseUrl).origin];

/** More than anything that the library is told; the least that a stranger can make the server keep. */
const bodyLimit = 64 * 1024;

/**
 * Mounts the library's own routes. The body is bounded before the library sees it, and what it throws is answered as anywhere
 * else. Who asks, and by which name, overwrites whatever headers a caller sent, so that no limit can be walked around.
 */
export function mountSignIn(server: FastifyInstance, signIn: SignIn): void {
  server.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) => parsed(null, body));
    scope.route({
      method: ['GET', 'POST'],
      exposeHeadRoute: false,
      url: '/api/v1/auth/*',
      handler: async (request, reply) => {
        const answer = await proving(() => tries.within(() => signIn.auth.handler(asked(request, signIn.baseUrl))));
        // The library says no more than that it failed: where the database is away this throws what says so.
        if (answer.status >= 500) await signIn.answers();
        for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value);
        const cookies = answer.headers.getSetCookie();
        if (cookies.length) reply.header('set-cookie', cookies);
        return reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()));
      },
    });
    ready();
  });
}

/** Of the transport and of proxies: said anew by us, or by nobody. */
const notTheCallers = ['content-length', 'transfer-encoding', 'connection', 'x-forwarded-host', 'x-forwarded-proto'];

/** A request as the library takes it: at our own address, whatever its headers say of scheme and host. */
function asked(request: FastifyRequest, baseUrl: string): Request {
  const headers = fromNodeHeaders(request.headers);
  for (const name of notTheCallers) headers.delete(name);
  headers.set(peerHeader, request.ip);
  headers.set(hostHeader, request.host);
  const { method, body } = request;
  const given = method === 'POST' && Buffer.isBuffer(body) && body.length > 0;
  return new Request(new URL(baseUrl).origin + request.url, {
    method,
    headers,
    ...(given ? { body: new Uint8Array(body) } : {}),
  });
}
