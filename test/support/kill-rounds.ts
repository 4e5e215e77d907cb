// Kills a running installation in the middle of acknowledged writes, starts it again, and looks for what is missing.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

/** What is killed, in turn: the application alone, it and the database's first process, or every process of the tree. */
export const victims = ['node', 'node and postmaster', 'every process'] as const;
export type Victims = (typeof victims)[number];

export interface Round {
  victims: Victims;
  killed: number;
  acknowledged: number;
  missing: string[];
  verify: string;
  restartSeconds: number;
}

interface Running {
  child: ChildProcess;
  url: string;
  firstLink: string | undefined;
}

/** An installation of its own in a folder of its own, with the durability of a real one. */
export interface Installation {
  round: (which: Victims) => Promise<Round>;
  close: () => Promise<void>;
}

export async function install(): Promise<Installation> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'servicewright-kill-'));
  chmodSync(dataFolder, 0o711); // root's database account passes through it
  const port = await freePort();
  let running = await start(dataFolder, port, /First sign-in.*\n/);
  const key = await firstKey(running);
  const acknowledged = new Map<string, number>();
  return {
    round: async (which) => {
      const before = acknowledged.size;
      const killed = await killDuringWrites(running, which, key, acknowledged);
      const started = performance.now();
      running = await start(dataFolder, port);
      const restartSeconds = (performance.now() - started) / 1000;
      const missing = await missingOf(running.url, key, acknowledged);
      return {
        victims: which,
        killed,
        acknowledged: acknowledged.size - before,
        missing,
        verify: await verify(dataFolder),
        restartSeconds,
      };
    },
    close: async () => {
      const ended = once(running.child, 'exit');
      running.child.kill('SIGTERM');
      await ended;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const program = (dataFolder: string, args: string[]) =>
  spawn(process.execPath, [join(root, 'servicewright.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SERVICEWRIGHT_DATA: dataFolder, DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined },
  });

/** Starts it as a person does, and waits until it says that it is ready. @throws when it ends instead */
async function start(dataFolder: string, port: number, ready = /^Data: .*\n/m): Promise<Running> {
  const child = program(dataFolder, ['start', '--port', String(port), '--calls-per-minute', '1000000']);
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (told += String(text)));
  while (!ready.test(told)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the start ended by itself: ${told}`);
    await wait(20);
  }
  return { child, url: `http://localhost:${port}`, firstLink: /welcome#(\S+)/.exec(told)?.[1] };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const json = { 'content-type': 'application/json' };

async function answered(answer: Response): Promise<Record<string, unknown>> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>; // our own API's answers are objects
}

/** Takes the first one-time link, signs in, and makes a key. */
async function firstKey({ url, firstLink }: Running): Promise<string> {
  const account = { email: 'ada@example.org', password: 'a long enough password' };
  await answered(
    await fetch(`${url}/api/v1/welcome`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ token: firstLink, name: 'Ada Falk', ...account }),
    }),
  );
  const signedIn = await fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...json, origin: url },
    body: JSON.stringify(account),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const { key } = await answered(
    await fetch(`${url}/api/v1/keys`, {
      method: 'POST',
      headers: { ...json, origin: url, cookie },
      body: JSON.stringify({ name: 'writer', scopes: ['read', 'write'] }),
    }),
  );
  return String(key);
}

interface Told {
  record: { id: string; version: number };
}

/** Four writers create and edit until the end; what was answered with a success is remembered. */
async function killDuringWrites(
  { child, url }: Running,
  which: Victims,
  key: string,
  acknowledged: Map<string, number>,
): Promise<number> {
  const headers = { ...json, authorization: `Bearer ${key}` };
  const write = async (path: string, method: string, body: object): Promise<Told> => {
    const told = (await answered(
      await fetch(`${url}/api/v1/${path}`, { method, headers, body: JSON.stringify(body) }),
    )) as unknown as Told; // a record's view
    acknowledged.set(told.record.id, told.record.version);
    return told;
  };
  const state = { alive: true };
  const goal = acknowledged.size + 40;
  const writer = async (): Promise<void> => {
    for (let count = 0; state.alive; count += 1) {
      const { record } = await write('teams', 'POST', { title: `Team ${count}` });
      await write(`teams/${record.id}`, 'PATCH', { title: `Team ${count}, renamed`, expectedVersion: record.version });
    }
  };
  const writers = [1, 2, 3, 4].map(() =>
    writer().catch((error: unknown) => {
      if (state.alive) throw error;
    }),
  );
  const ended = once(child, 'exit');
  const enough = async () => {
    while (acknowledged.size < goal) await wait(5);
    await wait(Math.random() * 400);
  };
  await Promise.race([enough(), ...writers]);
  const pids = pidsOf(child, which);
  state.alive = false;
  for (const pid of pids) kill(pid);
  await Promise.all([ended, ...writers]);
  return pids.length;
}

/** The processes to kill: only ones that descend from what was started here. */
function pidsOf(child: ChildProcess, which: Victims): number[] {
  if (child.pid === undefined) throw new Error('nothing was started');
  if (which === 'node') return [child.pid];
  const tree = descendants(child.pid);
  if (which === 'every process') return [child.pid, ...tree];
  return [child.pid, ...tree.filter((pid) => commandOf(pid).includes('/postgres'))];
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

/** Acknowledged records that are gone, or stand at an older version than was acknowledged. */
async function missingOf(url: string, key: string, acknowledged: ReadonlyMap<string, number>): Promise<string[]> {
  const missing: string[] = [];
  const ids = [...acknowledged];
  const reader = async () => {
    for (let next = ids.pop(); next; next = ids.pop()) {
      const [id, version] = next;
      const answer = await fetch(`${url}/api/v1/teams/${id}`, { headers: { authorization: `Bearer ${key}` } });
      const stands = answer.ok ? ((await answer.json()) as Told).record.version : 0;
      if (stands < version) missing.push(`${id}: version ${version} was acknowledged, ${stands} stands`);
    }
  };
  await Promise.all([1, 2, 3, 4].map(reader));
  return missing;
}

/** The last line of `verify`. */
async function verify(dataFolder: string): Promise<string> {
  const child = program(dataFolder, ['verify']);
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (told += String(text)));
  await once(child, 'close');
  return told.trim().split('\n').at(-1) ?? '';
}
