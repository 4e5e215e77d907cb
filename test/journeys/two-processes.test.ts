// Two processes on one database of its own: started at once on an empty one, with the same keys, or refused. Its kind: what a
// process keeps for itself and another cannot know (keys, secrets, timers), and what it does to the database before it serves.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareKeys } from '../../app/server/secrets.ts';
import { appGroup, oneByOne } from '../../core/database/migrate.ts';
import { refusePooler } from '../../core/database/pooled.ts';
import type { ScheduledJob } from '../../core/jobs/job.ts';
import { prepareJobs } from '../../core/jobs/run.ts';
import { createTestDatabase, testServer, urlOf } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { freePort } from '../soak/processes.ts';

const root = join(import.meta.dirname, '../..');
const name = `two_${process.pid}`;
let folder: string;
const running = new Set<ChildProcess>();

const asOwner = async (statement: string) => {
  const client = new pg.Client({ ...testServer().ownerConfig, database: 'postgres' });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};
const urlHere = (config: pg.ClientConfig) => urlOf({ ...config, database: name });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'servicewright-two-'));
  await asOwner(`create database ${name}`);
});
afterAll(async () => {
  for (const each of running) {
    const ended = once(each, 'exit');
    each.kill('SIGTERM');
    await ended;
  }
  await asOwner(`drop database ${name} with (force)`);
  rmSync(folder, { recursive: true });
});

interface Started {
  child: ChildProcess;
  url: string;
  told: () => string;
}

/** Starts a process with a data folder of its own; resolves when it is ready, or has ended. */
async function start(
  own: string,
  keys: string | undefined,
  { more = [], ready = /^Data: .*\n/m }: { more?: readonly string[]; ready?: RegExp } = {},
): Promise<Started> {
  const port = await freePort();
  const { appConfig, ownerConfig } = testServer();
  const child = spawn(process.execPath, [join(root, 'servicewright.ts'), 'start', '--port', String(port), ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SERVICEWRIGHT_DATA: join(folder, own),
      SERVICEWRIGHT_KEYS: keys && join(folder, keys),
      DATABASE_URL: urlHere(appConfig),
      DATABASE_OWNER_URL: urlHere(ownerConfig),
    },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (text += String(part)));
  while (!ready.test(text) && child.exitCode === null) await wait(20);

  return { child, url: `http://localhost:${port}`, told: () => text };
}

const json = { 'content-type': 'application/json' };
const me = async ({ url }: Started, cookie: string) =>
  (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status;

/** Takes the first link that a process printed, and signs in there. */
async function signedIn({ url, told }: Started): Promise<string> {
  const token = /welcome#(\S+)/.exec(told())?.[1];
  const account = { email: 'ada@example.org', password: 'a long enough password' };
  const taken = { token, name: 'Ada Falk', ...account };
  const post = (path: string, body: object) =>
    fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { ...json, origin: url }, body: JSON.stringify(body) });
  expect((await post('/welcome', taken)).status).toBe(201);
  const answer = await post('/auth/sign-in/email', account);
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

const ready = async ({ url }: Started) => (await fetch(`${url}/readyz`)).status;

// Its kind: all that a start does to the database before it serves. Looked at besides: migrations, which wait by a lock of
// their own, and the first link of an administrator, which two first starts make once (below).
describe('while one process starts, another that starts', () => {
  const jobs: ScheduledJob[] = [{ name: 'nightly', every: 'day', run: () => Promise.resolve() }];
  it.each<[string, (of: TestDatabase) => Promise<void>]>([
    ['compares keys', ({ ownerPool }) => shareKeys(ownerPool, join(folder, 'waiting'))],
    ['prepares jobs', ({ ownerPool, ownerConfig }) => prepareJobs(ownerPool, ownerConfig, jobs, appGroup)],
  ])('waits before it %s', async (_what, step) => {
    const database = await createTestDatabase();
    let release = () => undefined as void;
    let isHeld = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const taken = new Promise<void>((resolve) => (isHeld = resolve));
    const starting = oneByOne(database.ownerPool, () => (isHeld(), held));
    await taken;
    const other = step(database);
    const asking = async () => {
      const { rows } = await database.ownerPool.query(
        "select from pg_stat_activity where datname = current_database() and query like '%pg_try_advisory_lock(%' and pid <> pg_backend_pid()",
      );
      return rows.length > 1 && 'asks for its turn';
    };
    const isOver = other.then(() => 'went on');
    let came: string | false = false;
    while (!came) came = await Promise.race([isOver, asking()]);
    expect(came).toBe('asks for its turn');
    release();
    await Promise.all([starting, other]);
    await database.drop();
  });
});

describe('two processes on one database', () => {
  it('start at the same moment on an empty one, and both work', async () => {
    const both = await Promise.all(['one', 'two'].map((own) => start(own, 'keys', { ready: /First sign-in.*\n/ })));
    expect(both.map(({ told }) => told()).join('\n')).not.toMatch(/error|failed/i);
    expect(await Promise.all(both.map(ready))).toEqual([200, 200]);
    const client = new pg.Client({ ...testServer().ownerConfig, database: name });
    await client.connect();
    const made = await client.query('select count(*)::int as providers from core.provider').finally(() => client.end());
    expect(made.rows).toEqual([{ providers: 1 }]);
    const [one, two] = both;
    if (!one || !two) throw new Error('two were started');
    const cookie = await signedIn(one);
    expect([await me(one, cookie), await me(two, cookie)]).toEqual([200, 200]);
    const out = await fetch(`${two.url}/api/v1/auth/sign-out`, {
      method: 'POST',
      headers: { ...json, origin: two.url, cookie },
      body: '{}',
    });
    expect(out.status).toBe(200);
    expect([await me(one, cookie), await me(two, cookie)]).toEqual([401, 401]);
  });

  it('keep a command with other keys from signing anything', async () => {
    const { appConfig, ownerConfig } = testServer();
    for (const words of [
      ['backup', join(folder, 'b.gz')],
      ['checkpoint', 'export', join(folder, 'c.jsonl')],
    ]) {
      const child = spawn(process.execPath, [join(root, 'servicewright.ts'), ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          SERVICEWRIGHT_DATA: join(folder, 'stranger'),
          DATABASE_URL: urlHere(appConfig),
          DATABASE_OWNER_URL: urlHere(ownerConfig),
        },
      });
      let told = '';
      child.stderr.on('data', (part) => (told += String(part)));
      const [code] = await once(child, 'close');
      expect([code, told]).toEqual([2, expect.stringMatching(/keys in .* are not those of this installation/)]);
    }
  });

  it('are refused in one line where their keys differ, and go on with new ones when told to', async () => {
    const stranger = await start('three', undefined);
    expect(stranger.child.exitCode).toBe(2);
    expect(stranger.told().trim().split('\n')).toHaveLength(1);
    expect(stranger.told()).toMatch(/keys in .* are not those of this installation.*SERVICEWRIGHT_KEYS.*--new-keys/);
    const adopted = await start('three', undefined, { more: ['--new-keys'] });
    expect(await ready(adopted)).toBe(200);
  });
});

describe('a connection pooler', () => {
  const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path));
  const pooled = program ? it : it.skip;

  /** Runs a real one before the test's server. */
  async function pooler(
    mode: 'transaction' | 'session',
    size = 20,
  ): Promise<{ url: string; end: () => Promise<void> }> {
    const { appConfig } = testServer();
    const port = await freePort();
    const at = mkdtempSync(join(tmpdir(), 'servicewright-pooler-'));
    chmodSync(at, 0o777);
    writeFileSync(join(at, 'users.txt'), `"${appConfig.user}" "${String(appConfig.password)}"\n`);
    writeFileSync(
      join(at, 'pooler.ini'),
      `[databases]\n* = host=${appConfig.host} port=${appConfig.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${join(at, 'users.txt')}\npool_mode = ${mode}\ndefault_pool_size = ${size}\n`,
    );
    const child = spawn(
      program ?? '',
      [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), join(at, 'pooler.ini')],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)));
    while (!/process up|listening on/i.test(text)) {
      if (child.exitCode !== null) throw new Error(`the pooler ended: ${text}`);
      await wait(20);
    }
    const end = async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(at, { recursive: true });
    };
    return {
      url: `postgres://${appConfig.user}:${String(appConfig.password)}@127.0.0.1:${port}/${name}`,
      end,
    };
  }

  it('is not seen where there is none', async () => {
    await refusePooler({ connectionString: urlHere(testServer().appConfig) });
  });

  // Where no PgBouncer is installed these are skipped.
  pooled.each([20, 2])('in transaction mode is refused at the start in one line (pool of %i)', async (size) => {
    const { url, end } = await pooler('transaction', size);
    await expect(refusePooler({ connectionString: url })).rejects.toThrow(
      /^The address of the database leads through a connection pooler/,
    );
    await end();
  });

  pooled('in session mode is taken', async () => {
    const { url, end } = await pooler('session');
    await refusePooler({ connectionString: url });
    await end();
  });
});
