import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DatabaseUnavailable } from './unavailable.ts';

/** The operating system account the database runs under; `undefined` means the account of this program. */
export type Account = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root, so root lends it the account `nobody`, whose number differs between systems. */
export function databaseAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) {
    throw new DatabaseUnavailable(
      'PostgreSQL does not run as root and /etc/passwd has no account "nobody": start as another user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whether the account may pass through the folder: a parent of mode 0700 keeps it out. */
export function canReach(folder: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}
