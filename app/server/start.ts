// One process: database, migrations, API, worker, web. Composition only.
import { dayMs } from '../../core/clock/units.ts';
import { randomUUIDv7 } from 'node:crypto';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { connect } from '../../core/database/connect.ts';
import { checkout, keysFolder } from '../../core/database/embedded/index.ts';
import { appGroup, migrate, oneByOne } from '../../core/database/migrate.ts';
import { refusePooler } from '../../core/database/pooled.ts';
import type { DatabaseSettings } from '../../core/database/settings.ts';
import { journalBell } from '../../core/http/live.ts';
import type { ScheduledJob } from '../../core/jobs/job.ts';
import { createServer } from '../../core/http/server.ts';
import { signPromptly } from '../../core/journal/prompt-checkpoint.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { prepareJobs, startWorker } from '../../core/jobs/run.ts';
import { isAdministered } from '../../core/party/administrators.ts';
import { createClaim } from '../../core/permission/claim.ts';
import type { Application, Limits } from '../../core/record/define/work.ts';
import { allEndpoints } from './endpoints.ts';
import type { Example } from './example.ts';
import { allJobs, allSubscribers } from './background.ts';
import { migrationFolders } from './migrations.ts';
import { createRegistry } from './registry.ts';
import { secretOf, shareKeys } from './secrets.ts';
import { authenticator, credentialOf } from './authenticate.ts';
import { createSignIn, mountSignIn } from './sign-in.ts';
import { createProvider, isEmpty, providers } from './store.ts';
import { callMetrics, mountSystem } from './system-endpoints.ts';
import { mountPages } from './pages.ts';

export interface StartOptions {
  database: DatabaseSettings;
  port: number;
  host?: string;
  /** Where keys and secrets are kept, outside the database. */
  dataFolder: string;
  clock?: () => number;
  worker?: boolean;
  callsPerMinute?: number;
  limits?: Limits;
  logLevel?: string;
  /** The address people use, when a proxy stands before it. */
  publicUrl?: string;
  /** This process's keys become those of the installation, where it knew others. */
  adoptKeys?: boolean;
  /** Addresses of proxies that are believed about who stands behind them. */
  trustProxy?: string;
  /** What can be played to show itself. */
  example?: Example;
}

export interface RunningServer {
  url: string;
  application: Application;
  firstLink: string | null;
  close: () => Promise<void>;
}

/**
 * Brings everything up.
 * @throws when the port is taken or the database refuses, with one line that says what to do; nothing of it runs on then
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    return { ...(await bringUp(options, closing)), close: () => closeAll(closing) };
  } catch (error) {
    await closeAll(closing).catch(() => undefined); // why it did not come up is the news
    throw error;
  }
}

/**
 * Closes every part, the last first, whatever becomes of the others: a database that is away keeps nothing open.
 * @throws the first of what failed, when all are closed
 */
async function closeAll(closing: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const each of closing.splice(0).toReversed())
    await each().catch((error: unknown) => {
      failures.push(error);
    });
  if (failures.length) throw failures[0];
}

/** Starts one part after another; each adds how it is closed, for the way back. */
async function bringUp(
  options: StartOptions,
  closing: (() => Promise<unknown>)[],
): Promise<Omit<RunningServer, 'close'>> {
  const { database, dataFolder } = options;
  const clock = options.clock ?? Date.now;
  mkdirSync(dataFolder, { recursive: true });
  const keys = keysFolder(dataFolder);
  closing.push(() => database.stop());
  const keptElsewhere = process.env['SERVICEWRIGHT_CHECKPOINTS'];
  const jobs = allJobs({ keys, keptElsewhere, dataFolder, told: (line) => console.error(line) });
  await prepareDatabase(options, { jobs, keys });

  const pool = connect(database.appConfig, { max: 12 });
  closing.push(() => pool.end());
  const application: Application = { pool, registry: createRegistry(), clock, limits: options.limits ?? {} };
  const bell = await journalBell(async () => {
    const client = new pg.Client(database.appConfig);
    await client.connect();
    return client;
  });
  closing.push(() => bell.close());
  const publicUrl = options.publicUrl ?? `http://localhost:${options.port}`;
  const signIn = await createSignIn({ appConfig: database.appConfig, baseUrl: publicUrl, secret: secretOf(keys) });
  closing.push(() => signIn.close());
  const { metrics, answered } = callMetrics();
  let address = '';
  const endpoints = allEndpoints(application.registry, {
    signIn,
    bell,
    protectsJournal: database.protectsJournal,
    health: { dataFolder, jobs: () => jobs },
    demo: options.example && {
      example: options.example,
      appConfig: database.appConfig,
      dataFolder,
      address: () => address,
      failed: (error) => server.log.error({ err: error }, 'the example'),
    },
  });
  const server = await createServer({
    application,
    endpoints,
    credentialOf,
    authenticate: authenticator(application, { secret: signIn.secret, publicUrl: options.publicUrl }),
    callsPerMinute: options.callsPerMinute ?? 15_000,
    trustProxy: options.trustProxy,
    secure: publicUrl.startsWith('https:'),
    logLevel: options.logLevel ?? 'warn',
    answered,
    hasRoom: () => !database.embedded || roomIn(dataFolder) > leastRoom,
  });
  mountSignIn(server, signIn);
  mountSystem(server, application, metrics);
  await mountPages(server, join(checkout, 'dist/web'));
  const onError = (error: unknown, of: string) => server.log.error({ err: error, of }, 'background work');
  let works = false;
  // What was written since the last minute is signed before the keys are put away.
  closing.push(async () => (works ? takeCheckpoint(pool, keys, new Date(clock()).toISOString()) : undefined));
  closing.push(() => server.close());
  address = await server.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  if (options.worker !== false) {
    const of = { application, database: database.appConfig, jobs, subscribers: allSubscribers(), bell, onError };
    const worker = await startWorker(of);
    closing.push(() => worker.close());
    const take = () => takeCheckpoint(pool, keys, new Date(clock()).toISOString());
    closing.push(signPromptly(pool, { bell, clock, take, onError: (error) => onError(error, 'prompt checkpoint') }));
    works = true;
  }
  const url = options.publicUrl ?? address.replace('127.0.0.1', 'localhost');
  return { url, application, firstLink: await firstLink(database, application, url) };
}

async function prepareDatabase(
  { database, worker, adoptKeys = false }: StartOptions,
  { jobs, keys }: { jobs: readonly ScheduledJob[]; keys: string },
): Promise<void> {
  if (!database.embedded) for (const each of [database.appConfig, database.ownerConfig]) await refusePooler(each);
  const owner = connect(database.ownerConfig, { max: 2, name: 'servicewright owner', longStatements: true });
  try {
    await migrate(owner, migrationFolders, database.appLogin);
    await shareKeys(owner, keys, { adopt: adoptKeys });
    if (worker !== false) await prepareJobs(owner, database.ownerConfig, jobs, appGroup);
  } finally {
    await owner.end();
  }
}

/** With less than this PostgreSQL cannot even write what it begins with. */
const leastRoom = 32 * 1024 ** 2;

function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** While nobody who can sign in administers the installation, every start prints a fresh one-time link. */
async function firstLink(database: DatabaseSettings, application: Application, url: string): Promise<string | null> {
  // Who administers the platform is named by the role that owns it; the application's own may not.
  const owner = connect(database.ownerConfig, { max: 2, name: 'servicewright owner' });
  let link: string | null = null;
  // Of two first starts one makes the provider.
  await oneByOne(owner, async () => {
    link = await linkOfAdministrator(owner, application, url);
  }).finally(() => owner.end());
  return link;
}

async function linkOfAdministrator(pool: pg.Pool, application: Application, url: string): Promise<string | null> {
  const now = new Date(application.clock()).toISOString();
  if (await isEmpty(pool))
    await createProvider(pool, {
      id: randomUUIDv7(),
      name: 'My organisation',
      kind: 'internal',
      example: false,
      scenarioNow: null,
      now,
    });
  const provider = (await providers(pool)).find((each) => !each.example);
  if (!provider) throw new Error('a provider was just made');
  if (await isAdministered(pool, { providerId: provider.id, now })) return null;
  const token = await createClaim(pool, {
    providerId: provider.id,
    kind: 'administrator',
    madeBy: null,
    now,
    expiresAt: new Date(application.clock() + dayMs).toISOString(),
  });
  return `${url}/welcome#${token}`;
}
