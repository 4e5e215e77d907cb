// What outlives a session is made by whoever signed in just now, or knows the password: never by a program.
import { z } from 'zod';
import { minuteMs } from '../../core/clock/units.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { refusal, refuse } from '../../core/refusal/refusal.ts';
import type { Refused } from '../../core/refusal/refusal.ts';
import type { SignIn } from './sign-in.ts';

/** For so long after signing in nobody is asked for the password again. */
const freshMinutes = 15;

/** How the password is given with an act that asks for it. */
export const ownPassword = z.string().max(256).optional().describe('Yours, where you did not sign in just now');

/**
 * Why a session may not do what outlives it: whoever took it over a while ago does not know the password. Nothing where it
 * began a moment ago, or the password is given with it; a wrong one waits as at the sign-in.
 */
export async function staleSession(
  { checkPassword }: SignIn,
  principal: Principal,
  { now, password }: { now: string; password?: string | undefined },
): Promise<Refused | undefined> {
  const { signedInAt } = principal;
  if (signedInAt && Date.parse(now) - Date.parse(signedInAt) < freshMinutes * minuteMs) return undefined;
  if (password !== undefined && (await checkPassword(principal, password))) return undefined;
  return refuse(
    'forbidden',
    refusal(
      'sign-in.fresh',
      password === undefined
        ? 'This asks for your password, for you signed in a while ago.'
        : 'That password is not right, or was tried too often.',
      'Give the password of your account.',
      'password',
    ),
  );
}

/** The same of what lets somebody in. No key does: what it made would be a whole account, and last longer than the key. */
export async function mayNotLetIn(
  signIn: SignIn,
  principal: Principal,
  given: { now: string; password?: string | undefined },
): Promise<Refused | undefined> {
  if (principal.signedInAt) return staleSession(signIn, principal, given);
  return refuse(
    'forbidden',
    refusal('sign-in.by-key', 'An API key lets nobody in.', 'Sign in, and make the link in the application.'),
  );
}
