// Sign-in by better-auth: passwords, TOTP, sessions. Who a person is and may do stays ours.
import { betterAuth } from 'better-auth';
import { toNodeHandler } from 'better-auth/node';
import { twoFactor } from 'better-auth/plugins';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import pg from 'pg';
import { principalOfKey, principalOfSession } from '../../core/permission/resolve.ts';
import type { Caller, Channel } from '../../core/permission/principal.ts';
import type { Application } from '../../core/record/define/work.ts';
import { refusal, refuse } from '../../core/refusal/refusal.ts';
import type { Refused } from '../../core/refusal/refusal.ts';
import { lookup } from '../../core/names/lookup.ts';

export interface SignInOptions {
  appConfig: pg.ClientConfig;
  baseUrl: string;
  secret: string;
}

export type SignIn = ReturnType<typeof createSignIn>;

/** The sign-in library on a small pool of its own: it wants Dates where the rest of the application has ISO texts. */
export function createSignIn({ appConfig, baseUrl, secret }: SignInOptions) {
  const pool = new pg.Pool({ ...appConfig, max: 3, options: '-c search_path=identity' });
  pool.on('error', () => undefined); // an idle connection that the server closed; the next call takes a new one
  const auth = betterAuth({
    baseURL: baseUrl,
    basePath: '/api/v1/auth',
    secret,
    telemetry: { enabled: false },
    database: pool,
    emailAndPassword: { enabled: true, minPasswordLength: 12, maxPasswordLength: 256, disableSignUp: true },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 24 },
    advanced: {
      database: { generateId: 'uuid' },
      cookiePrefix: 'servicewright',
      ipAddress: { ipAddressHeaders: ['x-servicewright-peer'] },
    },
    // Five wrong passwords a minute for an address; counted in the database, so that several processes share the count.
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 10,
      max: 100,
      customRules: { '/sign-in/email': { window: 60, max: 5 }, '/two-factor/*': { window: 60, max: 5 } },
    },
    plugins: [twoFactor({ issuer: 'Servicewright' })],
    logger: { disabled: true },
  });
  return { auth, close: () => pool.end() };
}

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
      request.raw.headers['x-servicewright-peer'] = request.ip;
      await handler(request.raw, reply.raw);
    });
    ready();
  });
}

const channels: Readonly<Record<string, Channel>> = lookup({ ui: 'ui', cli: 'cli' });

/** The caller of a request: by API key, else by session cookie. A cookie alone never writes from another site's page. */
export function authenticator(
  application: Application,
): (request: FastifyRequest) => Promise<Caller | Refused | undefined> {
  const { roles } = application.registry;
  return async (request) => {
    const channel = channels[String(request.headers['x-servicewright-client'])] ?? 'api';
    const now = new Date(application.clock()).toISOString();
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const principal = authorization.startsWith('Bearer sw_')
        ? await principalOfKey(application.pool, roles, authorization.slice(7), now)
        : undefined;
      return principal
        ? { principal, channel, requestId: request.id }
        : refuse(
            'unauthenticated',
            refusal(
              'sign-in.key',
              'This API key is unknown, expired or revoked.',
              'Make a new one: servicewright key create.',
            ),
          );
    }
    const token = sessionToken(request.headers.cookie);
    if (!token) return undefined;
    if (request.method !== 'GET' && isForeign(request))
      return refuse(
        'forbidden',
        refusal(
          'sign-in.foreign-page',
          'This request comes from another site.',
          'Use the application itself, or an API key.',
        ),
      );
    const principal = await principalOfSession(application.pool, roles, token, now);
    return principal && { principal, channel: channel === 'api' ? 'ui' : channel, requestId: request.id };
  };
}

/** The session's token out of its signed cookie `<token>.<signature>`; the token's 190 random bits are what is looked up. */
function sessionToken(cookies: string | undefined): string | undefined {
  const found = /(?:^|; )(?:__Secure-)?servicewright\.session_token=([^;]+)/.exec(cookies ?? '')?.[1];
  return found?.split('.')[0]; // letters and digits: nothing of it is percent-encoded
}

/** Cross-site by the browser's own word (Fetch Metadata), or by an Origin that is not this host. */
function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  return origin === undefined || URL.parse(origin)?.host !== request.headers.host;
}
