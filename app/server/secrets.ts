// What the processes of one installation share and the database must not hold.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { oneByOne } from '../../core/database/migrate.ts';
import { loadOrCreateKey } from '../../core/journal/format/checkpoint.ts';
import { keysOfInstallation, standingKeys } from './store.ts';

/** The session secret of a keys folder: made once, 0600. Two processes that start at once end with the same. */
export function secretOf(keys: string): string {
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const file = join(keys, 'session-secret');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}.${Date.now()}`;
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
    try {
      // A link appears whole or not at all, and never replaces the secret of a process that was faster.
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/** This process's keys are not those of the installation; the message is one line for the operator. */
export class KeysDiffer extends Error {
  override name = 'KeysDiffer';
}

/** Tells keys apart without telling them: a digest of the secret and the name of the signing key. */
const nameOf = (keys: string): string =>
  createHash('sha256')
    .update(`${secretOf(keys)}\n${loadOrCreateKey(keys).keyId}`)
    .digest('hex')
    .slice(0, 16);

/**
 * Refuses, before a command signs anything, keys that are not those of the installation: what a stranger signed is told as
 * tampering for ever, for nothing takes a checkpoint out.
 * @throws KeysDiffer
 */
export async function requireKeys(pool: pg.Pool, keys: string): Promise<void> {
  const standing = await standingKeys(pool);
  if (standing !== undefined && standing !== nameOf(keys)) throw keysDiffer(keys);
}

const keysDiffer = (keys: string) =>
  new KeysDiffer(
    `The keys in ${keys} are not those of this installation: its sessions and checkpoints would not hold here. Copy that folder from the machine that was first, or name a shared one in SERVICEWRIGHT_KEYS. Where the old keys are lost, start once with --new-keys.`,
  );

/**
 * Makes sure that this process works with the keys of the installation. The first to start says which they are; `adopt` makes
 * this process's keys those of the installation.
 * @throws KeysDiffer
 */
export async function shareKeys(
  owner: pg.Pool,
  keys: string,
  { adopt = false }: { adopt?: boolean } = {},
): Promise<void> {
  const own = nameOf(keys);
  await oneByOne(owner, async () => {
    if ((await keysOfInstallation(owner, own, adopt)) === own) return;
    throw keysDiffer(keys);
  });
}
