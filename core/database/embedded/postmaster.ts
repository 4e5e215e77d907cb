import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readlinkSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { DatabaseUnavailable } from './unavailable.ts';

/** What a start of the server needs. `fsync: false` is for data nobody wants to keep: tests. */
export type Launch = {
  cluster: string;
  socketFolder: string;
  logFile: string;
  binaries: Binaries;
  account: Account;
  fsync: boolean;
};

/** What postmaster.pid tells of a server: its process, its socket's folder, and whether it takes connections. */
export type PidFile = { pid: number; socketFolder: string; isReady: boolean };

/** Reads postmaster.pid of a cluster; `undefined` when there is none. The process it names may be long gone. */
export function readPidFile(cluster: string): PidFile | undefined {
  const text = textOf(join(cluster, 'postmaster.pid'));
  if (text === undefined) return undefined;
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const [pid, , , , socketFolder = '', , , status = ''] = text.split('\n');
  return { pid: Number(pid), socketFolder, isReady: status.trim() === 'ready' };
}

/** Asked for in one step: a server that ends removes its file at any moment. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Runs the server on a cluster and waits until it takes connections.
 * Returns the line with which it refused, when it refused.
 */
export async function launch(plan: Launch): Promise<{ refused: string } | undefined> {
  rotate(plan.logFile);
  const log = openSync(plan.logFile, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const child = spawn(join(plan.binaries.folder, 'postgres'), launchArguments(plan), {
    ...plan.account,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    // In the terminal's process group Ctrl-C would stop the database before the last call is answered.
    detached: true,
  });
  closeSync(log);
  await started(child);
  child.unref();
  return await readyOrRefused(child, plan, logStart);
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

function launchArguments({ cluster, socketFolder, fsync }: Launch): string[] {
  const safe = ['-D', cluster, '-k', socketFolder, '-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700'];
  return fsync ? safe : [...safe, '-c', 'fsync=off', '-c', 'full_page_writes=off'];
}

async function readyOrRefused(
  child: ChildProcess,
  plan: Launch,
  logStart: number,
): Promise<{ refused: string } | undefined> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      return { refused: fatalLine(plan.logFile, logStart, child.pid) };
    const file = readPidFile(plan.cluster);
    if (file?.pid === child.pid && file?.isReady) return undefined;
    await wait(10);
  }
}

function fatalLine(logFile: string, from: number, pid: number | undefined): string {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n');
  // A server that is just ending writes to the same file: each line names its process.
  const own = lines.filter((line) => line.includes(` [${pid}] `));
  return own.find((line) => /FATAL|PANIC/.test(line)) ?? own.at(-1) ?? lines.at(-1) ?? 'it ended without a word';
}

const tenMegabytes = 10 * 1024 * 1024;

function rotate(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > tenMegabytes) renameSync(logFile, `${logFile}.1`);
}

/** Refusals that pass by themselves: a killed server's last processes are still dying, or another is just ending. */
export const isPassing = (refusal: string): boolean =>
  /pre-existing shared memory block|lock file .* already exists|could not create lock file/.test(refusal);

/**
 * Stops a server of ours whose socket a cleaner of /tmp removed: nobody can reach it any more.
 * A process id may have passed to a stranger, so only a process that works in this very cluster is told to stop.
 */
export function stopUnreachable(cluster: string): void {
  const file = readPidFile(cluster);
  if (!file?.isReady || existsSync(join(file.socketFolder, '.s.PGSQL.5432'))) return;
  if (workingFolder(file.pid) === cluster) process.kill(file.pid, 'SIGINT');
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Sends a fast shutdown to the server of a cluster and waits until it is gone, 30 s at most. */
export async function shutDown(cluster: string): Promise<void> {
  const running = readPidFile(cluster);
  if (!running) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = performance.now() + 30_000;
  while (readPidFile(cluster)?.pid === running.pid) {
    if (performance.now() > deadline)
      throw new DatabaseUnavailable(`The database (process ${running.pid}) does not stop.`);
    await wait(20);
  }
}
