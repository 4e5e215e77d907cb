import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmbeddedServer, keysFolder, startEmbedded } from './index.ts';
import { readPidFile } from './postmaster.ts';

let made: string;
let dataFolder: string;
let servers: EmbeddedServer[];
beforeAll(async () => {
  made = await emptyFolder();
  await (await startEmbedded({ dataFolder: made, fsync: false })).stop();
});
beforeEach(async () => {
  dataFolder = await emptyFolder();
  servers = [];
});
afterAll(() => rm(made, { recursive: true, force: true }));
afterEach(async () => {
  for (const server of servers) await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'servicewright-start-'));
  // Root's database account passes through it.
  chmodSync(folder, 0o711);
  return folder;
}

/** Fills the data folder with one that was started before: initdb is what takes long. `cp -a` keeps the owners. */
const copyMade = (): Promise<unknown> => promisify(execFile)('cp', ['-a', `${made}/.`, dataFolder]);

async function start(folder = dataFolder): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataFolder: folder, fsync: false });
  servers.push(server);
  return server;
}

async function ask(config: pg.ClientConfig, sql: string): Promise<unknown> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(sql)).rows[0]?.value;
  } finally {
    await client.end();
  }
}

const cluster = (): string => join(dataFolder, 'cluster');
const runningPid = (): number => readPidFile(cluster())?.pid ?? 0;
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Waits until a condition holds, ten seconds at most. */
async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500 && !condition(); attempt += 1) await wait(20);
  expect(condition()).toBe(true);
}

test('starts on an empty folder with two roles, checksums, a UTC clock and no network', async () => {
  const server = await start();
  expect(server.version).toMatch(/^18\./);
  expect(
    await ask(
      server.ownerConfig,
      "select current_setting('data_checksums') || ' ' || current_setting('timezone') || ' [' || current_setting('listen_addresses') || ']' as value",
    ),
  ).toBe('on UTC []');
  expect(await ask(server.ownerConfig, 'select rolsuper as value from pg_roles where rolname = current_user')).toBe(
    true,
  );
  expect(await ask(server.appConfig, 'select rolsuper as value from pg_roles where rolname = current_user')).toBe(
    false,
  );
});

test('keeps passwords, keys and socket from other accounts, and wants the password', async () => {
  await copyMade();
  const server = await start();
  expect(modeOf(join(dataFolder, 'database-passwords.json'))).toBe('600');
  expect(modeOf(keysFolder(dataFolder))).toBe('700');
  expect(modeOf(server.socketFolder)).toBe('700');
  expect(modeOf(cluster())).toBe('700');
  expect(modeOf(join(dataFolder, 'postgres.log'))).toBe('600');
  expect(existsSync(join(dataFolder, 'initdb-password'))).toBe(false);
  await expect(ask({ ...server.ownerConfig, password: 'wrong' }, 'select 1')).rejects.toThrow(
    'password authentication failed',
  );
});

test('a second start takes hold of the same server, which stops with the last hold', async () => {
  await copyMade();
  const first = await start();
  const pid = runningPid();
  const second = await start();
  expect(runningPid()).toBe(pid);
  await first.stop();
  expect(await ask(second.appConfig, 'select 1 as value')).toBe(1);
  await second.stop();
  expect(readPidFile(cluster())).toBeUndefined();
});

test('two starts at the same moment share one server', async () => {
  const [first, second] = await Promise.all([start(), start()]);
  expect(first.socketFolder).toBe(second.socketFolder);
  expect(await ask(second.ownerConfig, 'select 1 as value')).toBe(1);
});

test('starts again after a stop, with what was written before', async () => {
  await copyMade();
  const first = await start();
  await ask(first.ownerConfig, 'create table kept (id int)');
  await first.stop();
  const second = await start();
  expect(await ask(second.ownerConfig, "select to_regclass('kept') is not null as value")).toBe(true);
});

test('starts again after the server was killed', async () => {
  await copyMade();
  const first = await start();
  await ask(first.ownerConfig, 'create table kept (id int)');
  const killed = runningPid();
  process.kill(killed, 'SIGKILL');
  const second = await start();
  expect(runningPid()).not.toBe(killed);
  expect(await ask(second.ownerConfig, "select to_regclass('kept') is not null as value")).toBe(true);
});

test('starts the server again when it dies under the program that holds it, every time', async () => {
  await copyMade();
  const told: string[] = [];
  const server = await startEmbedded({ dataFolder, fsync: false, told: (line) => told.push(line) });
  servers.push(server);
  await ask(server.ownerConfig, 'create table kept (id int)');
  for (const times of [1, 2]) {
    process.kill(runningPid(), 'SIGKILL');
    await until(() => told.length === 2 * times);
    expect(await ask(server.ownerConfig, "select to_regclass('kept') is not null as value")).toBe(true);
  }
  expect(told.slice(0, 2)).toEqual(['The database ended. It is started again ...', 'The database is back.']);
  await server.stop();
  expect(readPidFile(cluster())).toBeUndefined();
  expect(told).toHaveLength(4);
});

test('takes hold again when only its own connection was killed', async () => {
  await copyMade();
  const told: string[] = [];
  const server = await startEmbedded({ dataFolder, fsync: false, told: (line) => told.push(line) });
  servers.push(server);
  const pid = runningPid();
  await ask(
    server.ownerConfig,
    "select pg_terminate_backend(pid) as value from pg_stat_activity where application_name = 'servicewright hold'",
  );
  await until(() => told.length === 2);
  expect(runningPid()).toBe(pid);
  await server.stop();
  expect(readPidFile(cluster())).toBeUndefined();
});

test('goes on trying while something holds the server up, and says once what it is', async () => {
  await copyMade();
  const told: string[] = [];
  const server = await startEmbedded({ dataFolder, fsync: false, told: (line) => told.push(line) });
  servers.push(server);
  const settings = join(cluster(), 'postgresql.conf');
  const right = readFileSync(settings, 'utf8');
  writeFileSync(settings, 'shared_buffers = nonsense\n');
  process.kill(runningPid(), 'SIGKILL');
  await until(() => told.some((line) => line.includes('does not start')));
  writeFileSync(settings, right);
  await until(() => told.at(-1) === 'The database is back.');
  expect(told).toHaveLength(3);
  expect(await ask(server.appConfig, 'select 1 as value')).toBe(1);
});

test('clears what an interrupted initdb left', async () => {
  mkdirSync(join(dataFolder, 'cluster.new'), { recursive: true });
  writeFileSync(join(dataFolder, 'cluster.new/PG_VERSION'), '18\n');
  writeFileSync(join(dataFolder, 'initdb-password'), 'old');
  const server = await start();
  expect(existsSync(join(dataFolder, 'cluster.new'))).toBe(false);
  expect(await ask(server.appConfig, 'select 1 as value')).toBe(1);
});

test('a lock left by a dead process does not hold up a start', async () => {
  await copyMade();
  const { pid } = await new Promise<{ pid: number | undefined }>((resolve) => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    child.on('exit', () => resolve({ pid: child.pid }));
  });
  writeFileSync(join(dataFolder, 'start.lock'), String(pid));
  expect(await ask((await start()).appConfig, 'select 1 as value')).toBe(1);
});

test('a data folder with a long path works, because the socket is elsewhere', async () => {
  const long = join(dataFolder, 'a'.repeat(60), 'b'.repeat(60));
  expect(await ask((await start(long)).appConfig, 'select 1 as value')).toBe(1);
});

test('comes back when a cleaner removed the socket folder', async () => {
  await copyMade();
  const first = await start();
  await rm(first.socketFolder, { recursive: true });
  const second = await start();
  expect(await ask(second.appConfig, 'select 1 as value')).toBe(1);
});

test('says what to do when the passwords are lost', async () => {
  await copyMade();
  await rm(join(dataFolder, 'database-passwords.json'));
  await expect(start()).rejects.toThrow('database-passwords.json is missing');
});

test('says what to do when the cluster is of another PostgreSQL', async () => {
  await copyMade();
  writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow('was made by PostgreSQL 17 and this is 18');
});

test('shows the line with which the server refused', async () => {
  await copyMade();
  writeFileSync(join(cluster(), 'postgresql.conf'), 'shared_buffers = nonsense\n');
  await expect(start()).rejects.toThrow(/does not start: .*nonsense|does not start: .*FATAL/);
});

const program = `
  import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
  await startEmbedded({ dataFolder: process.argv[1], fsync: false });
  console.log('ready');
`;

test('the server stops when the program that holds it is killed', async () => {
  await copyMade();
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program + 'setInterval(() => {}, 1000);', dataFolder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  expect(runningPid()).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await until(() => readPidFile(cluster()) === undefined);
});

test('a program that ends without a stop is not kept alive, and its server stops', async () => {
  await copyMade();
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, dataFolder]);
  expect(stdout).toBe('ready\n');
  await until(() => readPidFile(cluster()) === undefined);
});

test('the server stays when its program is killed while another holds it', async () => {
  await copyMade();
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program + 'setInterval(() => {}, 1000);', dataFolder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const server = await start();
  const pid = runningPid();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  expect(await ask(server.appConfig, 'select 1 as value')).toBe(1);
  expect(runningPid()).toBe(pid);
});

test('a program that does nothing else can wait for the stop', async () => {
  await copyMade();
  const stopping =
    program.replace('await startEmbedded', 'const server = await startEmbedded') +
    "await server.stop(); console.log('stopped');";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', stopping, dataFolder]);
  expect(stdout).toBe('ready\nstopped\n');
});
