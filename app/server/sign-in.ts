// Sign-in by better-auth: passwords, TOTP, sessions. Who a person is and may do stays ours.
import { betterAuth } from 'better-auth';
import { getAdapter } from 'better-auth/db/adapter';
import { toNodeHandler } from 'better-auth/node';
import { twoFactor } from 'better-auth/plugins';
import type { FastifyInstance } from 'fastify';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Principal } from '../../core/permission/principal.ts';
import { withHashedSessions } from './hashed-sessions.ts';
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
  const pool = new pg.Pool({ ...appConfig, max: 3 });
  pool.on('error', () => undefined); // an idle connection that the server closed; the next call takes a new one
  const options = {
    baseURL: baseUrl,
    basePath: '/api/v1/auth',
    secret,
    telemetry: { enabled: false },
    // A page of this very host may sign in, under whatever name the host is reached: the browser says both.
    trustedOrigins: (request?: Request) => hostsOwn(baseUrl, request?.headers.get(hostHeader)),
    emailAndPassword: { enabled: true, minPasswordLength: 12, maxPasswordLength: 256, disableSignUp: true },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 24 },
    verification: { storeIdentifier: 'hashed' as const },
    // They tell sessions by their tokens, which stand nowhere: all are ended together, by /revoke-sessions.
    disabledPaths: ['/list-sessions', '/revoke-session', '/revoke-other-sessions'],
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
    hooks: signInHooks(pool),
    databaseHooks: sessionHooks(pool),
    plugins: [twoFactor({ issuer: 'Servicewright' })],
    logger: { disabled: true },
  };
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) }).withSchema('identity');
  const tables = withHashedSessions(await getAdapter({ ...options, database: { db, type: 'postgres' } }));
  const auth = betterAuth({ ...options, database: () => tables });
  const verify = async (hash: string, password: string) => (await auth.$context).password.verify({ hash, password });
  return {
    auth,
    secret,
    checkPassword: (person: Pick<Principal, 'providerId' | 'id'>, password: string) =>
      checkPassword(pool, verify, { person, password }),
    close: () => pool.end(),
  };
}

const hostHeader = 'x-servicewright-host';

const hostsOwn = (baseUrl: string, host: string | null | undefined): string[] =>
  host ? [new URL(baseUrl).origin, `http://${host}`, `https://${host}`] : [new URL(baseUrl).origin];

/** Mounts the library's own routes. The peer's address overwrites whatever header a caller sent, so the limit cannot be walked around. */
export function mountSignIn(server: FastifyInstance, { auth }: SignIn): void {
  const handler = toNodeHandler(auth);
  server.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    scope.all('/api/v1/auth/*', async (request, reply) => {
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      request.raw.headers[peerHeader] = request.ip;
      request.raw.headers[hostHeader] = request.host;
      await tries.within(() => handler(request.raw, reply.raw));
    });
    ready();
  });
}
