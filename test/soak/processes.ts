// Programs of an installation as a person starts them, and their processes as the machine sees them.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

/** What is killed, in turn. */
export const victims = ['node', 'one backend', 'postmaster', 'node and postmaster', 'every process'] as const;
export type Victims = (typeof victims)[number] | 'nobody';

/** Whether the program is killed itself, so that somebody starts it again. */
export const endsProgram = (which: Victims): boolean => !['one backend', 'postmaster', 'nobody'].includes(which);

const clockFolder = mkdtempSync(join(tmpdir(), 'servicewright-clock-'));
const clockFile = join(clockFolder, 'ahead');
process.on('exit', () => rmSync(clockFolder, { recursive: true, force: true }));

/** Sets the clock of all programs that run, or will, so many milliseconds ahead of the machine's; back when it is below zero. */
export function setClock(ahead: number): void {
  writeFileSync(`${clockFile}.new`, String(ahead));
  renameSync(`${clockFile}.new`, clockFile);
}

export interface Program {
  child: ChildProcess;
  /** What it printed so far. */
  told: () => string;
  /** Its exit code; null when it was killed. */
  ended: Promise<number | null>;
}

/** Runs a command of the program on a data folder. */
export function program(dataFolder: string, args: readonly string[]): Program {
  const clock = join(import.meta.dirname, 'clock.ts');
  const child = spawn(process.execPath, ['--import', clock, join(root, 'servicewright.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SOAK_CLOCK: clockFile,
      SERVICEWRIGHT_DATA: dataFolder,
      DATABASE_URL: undefined,
      DATABASE_OWNER_URL: undefined,
    },
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (told += String(text)));
  const ended = once(child, 'close').then(([code]) => code as number | null); // an exit code, or null by a signal
  return { child, told: () => told, ended };
}

/** Runs a command to its end. */
export async function command(
  dataFolder: string,
  ...args: readonly string[]
): Promise<{ code: number | null; told: string }> {
  const { told, ended } = program(dataFolder, args);
  const code = await ended;
  return { code, told: told() };
}

export interface Server extends Program {
  url: string;
  firstLink: string | undefined;
}

/** Starts it, and waits until it says that it is ready. @throws when it ends instead */
export async function start(dataFolder: string, port: number, ready = /^Data: .*\n/m): Promise<Server> {
  const started = program(dataFolder, ['start', '--port', String(port), '--calls-per-minute', '1000000']);
  while (!ready.test(started.told())) {
    if (started.child.exitCode !== null || started.child.signalCode !== null)
      throw new Error(`the start ended by itself: ${started.told()}`);
    await wait(20);
  }
  return { ...started, url: `http://localhost:${port}`, firstLink: /welcome#(\S+)/.exec(started.told())?.[1] };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Kills what is named of a program's tree, and of nothing else. Tells how many processes that were. */
export function killOf({ child }: Pick<Program, 'child'>, which: Victims): number {
  if (child.pid === undefined) throw new Error('nothing was started');
  const tree = descendants(child.pid);
  const postmasters = tree.filter((pid) => commandOf(pid).includes('/postgres'));
  const backends = postmasters.flatMap((pid) =>
    descendants(pid).filter((each) => /app servicewright/.test(commandOf(each))),
  );
  const chosen: Record<Victims, number[]> = {
    node: [child.pid],
    'one backend': backends.slice(0, 1),
    postmaster: postmasters,
    'node and postmaster': [child.pid, ...postmasters],
    'every process': [child.pid, ...tree],
    nobody: [],
  };
  for (const pid of chosen[which]) kill(pid);
  return chosen[which].length;
}

function descendants(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  );
  const children = (of: number): number[] =>
    [...parents].filter(([, parent]) => parent === of).flatMap(([each]) => [each, ...children(each)]);
  return children(pid);
}

const procFile = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
};
const parentOf = (pid: number) => Number(/^PPid:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1] ?? 0);
/** The program and its arguments; the database's workers show a title of their own instead of a path. */
const commandOf = (pid: number) => procFile(pid, 'cmdline');

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended meanwhile
  }
}
