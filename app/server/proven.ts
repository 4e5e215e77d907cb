// Which password a request proved: what it was let in by must be the account's still when a session, or another password, comes of it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { verifyPassword } from 'better-auth/crypto';

const proven = new AsyncLocalStorage<{ hash?: string }>();

/** Remembers for one request what was proved within it. */
export const proving = <T>(work: () => Promise<T>): Promise<T> => proven.run({}, work);

/** The hash of the password that this request showed to be known; none where it showed no password. */
export const provenHash = (): string | undefined => proven.getStore()?.hash;

export function noteProven(hash: string): void {
  const noted = proven.getStore();
  if (noted) noted.hash = hash;
}

/** As the sign-in library verifies; a right password is noted by the hash that it was held against. */
export async function provePassword(given: { hash: string; password: string }): Promise<boolean> {
  const isRight = await verifyPassword(given);
  if (isRight) noteProven(given.hash);
  return isRight;
}
