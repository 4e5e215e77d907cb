// What the sign-in library leaves to us: how long a wrong password waits, codes that count once, and what ends with a password.
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type pg from 'pg';
import { inTransaction } from '../../core/database/connect.ts';
import { endLeftBehind } from '../../core/permission/credentials.ts';
import { hashOf } from '../../core/permission/resolve.ts';
import { sessionToken } from './authenticate.ts';
import { provenHash } from './proven.ts';
import { turns } from './turns.ts';
import {
  countFailure,
  emailOfSession,
  endOtherSessions,
  endSession,
  forgetFailures,
  isPassword,
  passwordOf,
  personOfAccount,
  secondsToWait,
  useCode,
} from './store/sign-in.ts';

/** Five wrong ones go by; then each waits a minute, for that account from that network alone. A quarter of an hour forgets them. */
const patience = { free: 5, waitSeconds: 60, forgetSeconds: 900 };
/** So many of one account from one network are looked at together. */
export const tries = turns({ inside: patience.free, waiting: 50, inAll: 1000 });
export const peerHeader = 'x-servicewright-peer';

/**
 * One account as it is tried from one network: an IPv4 address, or the /64 that a subscriber is given of IPv6 (RFC 6177). A
 * desk of two hundred behind one address has two hundred of these.
 */
export function triedFrom(email: string, peer: string): string {
  const network = isIPv6(peer) && !peer.includes('.') ? halfOf(peer) : peer.replace(/^::ffff:/i, '');
  return createHash('sha256').update(`${email.trim().toLowerCase()} ${network}`).digest('base64url');
}

/** The first four groups of an IPv6 address, written out. */
function halfOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const between = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...between, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

const wait = (seconds: number) =>
  new APIError(
    'TOO_MANY_REQUESTS',
    { message: 'Too many wrong passwords for this account from here.', code: 'SIGN_IN_WAIT' },
    { 'retry-after': String(seconds) },
  );

const tooManyAtOnce = () =>
  new APIError(
    'TOO_MANY_REQUESTS',
    { message: 'Too many tries for this account wait from here. Try again in a moment.', code: 'SIGN_IN_WAIT' },
    { 'retry-after': '1' },
  );

/** Where whoever has a session gives the password of its account. */
export const asksPassword: ReadonlySet<string | undefined> = new Set([
  '/change-password',
  '/delete-user',
  '/two-factor/disable',
  '/two-factor/enable',
  '/two-factor/generate-backup-codes',
  '/two-factor/get-totp-uri',
  '/verify-password',
]);

interface Asked {
  path?: string;
  body?: unknown;
  headers?: Headers | undefined;
}

/** An account as it is tried behind a session: wherever that comes from, for who has a session has not the password yet. */
const triedBehind = (email: string): string => triedFrom(email, 'signed in');

/** The account whose password a request gives, and from where: as it says at the sign-in, of the session behind it. */
async function keyOf(pool: pg.Pool, secret: string, context: Asked): Promise<string | undefined> {
  if (!asksPassword.has(context.path)) return keyOfSignIn(context);
  const token = sessionToken(context.headers?.get('cookie') ?? undefined, secret);
  const email = token && (await emailOfSession(pool, hashOf(token)));
  return email ? triedBehind(email) : undefined;
}

function keyOfSignIn(context: Asked): string | undefined {
  if (context.path !== '/sign-in/email') return undefined;
  const { body } = context;
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? triedFrom(email, context.headers?.get(peerHeader) ?? '') : undefined;
}

/** With these everything goes that a session may have left behind. */
const endsAll: ReadonlySet<string | undefined> = new Set([
  '/change-password',
  '/revoke-sessions',
  '/two-factor/enable',
  '/two-factor/disable',
]);

/** Whether the library says that a password is wrong: another fault of the request counts neither way. */
const isWrong = ({ path }: Asked, { status, body }: APIError): boolean =>
  path === '/sign-in/email' ? status === 'UNAUTHORIZED' : body?.code === 'INVALID_PASSWORD';

export function signInHooks(pool: pg.Pool, secret: string) {
  return {
    before: createAuthMiddleware(async (context) => {
      const key = await keyOf(pool, secret, context);
      if (key && !(await tries.enter(key))) throw tooManyAtOnce();
      const seconds = key ? await secondsToWait(pool, key) : 0;
      if (seconds) throw wait(seconds);
      // Whoever changes a password ends what others may have opened with the old one.
      if (context.path === '/change-password')
        return { context: { body: { ...(context.body as object), revokeOtherSessions: true } } };
      return undefined;
    }),
    after: createAuthMiddleware(async (context) => {
      const { returned } = context.context;
      const failed = returned instanceof APIError;
      const key = await keyOf(pool, secret, context);
      if (key && failed) {
        if (isWrong(context, returned)) await countFailure(pool, key, patience);
      } else if (key) await forgetFailures(pool, key);
      const user = context.context.session?.user.id;
      if (failed || !user || !endsAll.has(context.path)) return;
      // Who signed in with the old password while it was changed came after the library had ended the others.
      if (context.path === '/change-password')
        await endOtherSessions(pool, { user, kept: hashOf(context.context.newSession?.session.token ?? '') });
      const person = await personOfAccount(pool, user);
      if (!person) return;
      const now = new Date().toISOString();
      await inTransaction(pool, (client) => endLeftBehind(client, { ...person, now }));
    }),
  };
}

/** Before a session is made: of many guesses at once the right one waits as well, and a code that was used is none. */
export function sessionHooks(pool: pg.Pool) {
  return {
    session: {
      create: {
        before: async (
          session: { userId: string },
          context: { path?: string; body?: unknown; headers?: Headers | undefined } | null,
        ) => {
          const key = context ? keyOfSignIn(context) : undefined;
          const seconds = key ? await secondsToWait(pool, key) : 0;
          if (seconds) throw wait(seconds);
          const { body } = context ?? {};
          const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
          const isCode = context?.path === '/two-factor/verify-totp' && typeof code === 'string';
          if (isCode && !(await useCode(pool, session.userId, hashOf(code))))
            throw new APIError('UNAUTHORIZED', { message: 'Invalid code', code: 'INVALID_CODE' });
        },
        // Once it stands there: from here on a change of the password finds it and ends it, and one before is seen.
        after: async ({ id, userId }: { id: string; userId: string }) => {
          const hash = provenHash();
          if (hash === undefined || (await isPassword(pool, userId, hash))) return;
          await endSession(pool, id);
          throw new APIError('UNAUTHORIZED', {
            message: 'Invalid email or password',
            code: 'INVALID_EMAIL_OR_PASSWORD',
          });
        },
      },
    },
  };
}

/** Whether a password is that of a person's account. Wrong ones wait as at the sign-in, wherever they come from. */
export async function checkPassword(
  pool: pg.Pool,
  verify: (hash: string, password: string) => Promise<boolean>,
  { person, password }: { person: { providerId: string; id: string }; password: string },
): Promise<boolean> {
  const account = await passwordOf(pool, person);
  if (!account) return false;
  const key = triedBehind(account.email);
  return tries.within(async () => {
    if (!(await tries.enter(key)) || (await secondsToWait(pool, key))) return false;
    const isRight = await verify(account.hash, password);
    await (isRight ? forgetFailures(pool, key) : countFailure(pool, key, patience));
    return isRight;
  });
}
