import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type Account, canReach } from './account.ts';
import { DatabaseUnavailable } from './unavailable.ts';

/** The root folder of this checkout. */
export const checkout = resolve(import.meta.dirname, '../../..');

/**
 * The folder for what must never lie in the database: signing keys and secrets. Mode 0700; made on first use. Processes on
 * several machines share one, or copies of it: SERVICEWRIGHT_KEYS names it.
 */
export function keysFolder(dataFolder: string): string {
  const folder = process.env.SERVICEWRIGHT_KEYS ?? join(dataFolder, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
}

/** Eight hexadecimal digits that stand for a path, for names that must stay short. */
export const shortName = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 8);

/**
 * Makes the data folder and returns its real path.
 * `wanted`, else SERVICEWRIGHT_DATA, else `./data` of the checkout, else (the account cannot reach that one) a folder under /var/lib.
 */
export function prepareDataFolder(wanted: string | undefined, account: Account): string {
  const named = wanted ?? process.env.SERVICEWRIGHT_DATA;
  const folder = makeFolder(named ?? join(checkout, 'data'), account);
  if (!account || canReach(folder, account)) return folder;
  if (named) {
    throw new DatabaseUnavailable(
      `The account that runs the database cannot reach ${folder}: a folder above it is closed (mode 0700). Choose another data folder, or start as another user than root.`,
    );
  }
  return makeFolder(join('/var/lib/servicewright', shortName(checkout)), account);
}

function makeFolder(path: string, account: Account): string {
  mkdirSync(path, { recursive: true });
  // 0711 lets the database's account through to its own folder without showing it what else lies here.
  chmodSync(path, account ? 0o711 : 0o700);
  return realpathSync(path);
}

/** The folder of the server's socket: in /tmp, because a socket's whole path may have 107 bytes and a data folder's more. */
export const socketFolderOf = (dataFolder: string): string => join('/tmp', `.sw-${shortName(dataFolder)}`);

/** Makes the socket's folder, also when a cleaner removed it. */
export function prepareSocketFolder(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const owners = [process.getuid?.(), account?.uid];
  // Anybody may write to /tmp: a folder of somebody else would hand them our connections.
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new DatabaseUnavailable(`${folder} belongs to another user: remove it and start again.`);
  }
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
}

/** The passwords of the two database roles. */
export type Passwords = { owner: string; app: string };

/** Reads the passwords kept beside the cluster (mode 0600), or makes them before the first start. */
export function passwordsOf(dataFolder: string): Passwords {
  const file = join(dataFolder, 'database-passwords.json');
  if (existsSync(file)) return readPasswords(file);
  if (existsSync(join(dataFolder, 'cluster'))) {
    throw new DatabaseUnavailable(
      `${file} is missing, and without it nobody can sign in to the database beside it: restore that file from your backup.`,
    );
  }
  const made = { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') };
  writeFileSync(`${file}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}

function readPasswords(file: string): Passwords {
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (
    typeof read === 'object' &&
    read &&
    'owner' in read &&
    'app' in read &&
    typeof read.owner === 'string' &&
    typeof read.app === 'string'
  ) {
    return { owner: read.owner, app: read.app };
  }
  throw new DatabaseUnavailable(
    `${file} does not hold the two passwords it should: restore that file from your backup.`,
  );
}
