import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrationFolders } from '../../app/server/migrations.ts';
import { connect } from '../../core/database/connect.ts';
import { startEmbedded } from '../../core/database/embedded/index.ts';
import { appGroup, migrate } from '../../core/database/migrate.ts';
import { prepareJobs } from '../../core/jobs/run.ts';
import { allJobs } from '../../app/server/background.ts';
import { statementsFolder } from './statements.ts';
import { actsFolder, installWitness } from './witness.ts';
import { workers } from './workers.ts';

/** How a test file reaches the run's server: see database.ts. */
export type TestServer = { ownerConfig: pg.ClientConfig; appConfig: pg.ClientConfig };

declare module 'vitest' {
  interface ProvidedContext {
    testServers: readonly TestServer[];
  }
}

/**
 * A server for each worker of the run, with a migrated database `servicewright` that test files clone. TEST_DATABASE_OWNER_URL
 * and TEST_DATABASE_URL name a server of one's own; its database `servicewright` is made anew and dropped at the end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  rmSync(actsFolder, { recursive: true, force: true });
  rmSync(statementsFolder, { recursive: true, force: true });
  const outside = await outsideServer(process.env);
  const servers = outside ? [outside] : await Promise.all(Array.from({ length: workers }, embeddedServer));
  for (const server of servers) await prepare(server);
  project.provide(
    'testServers',
    servers.map(({ ownerConfig, appConfig }) => ({ ownerConfig, appConfig })),
  );
  return async () => {
    for (const { stop } of servers) await stop();
  };
}

async function prepare({ ownerConfig, appConfig }: TestServer): Promise<void> {
  const pool = connect(ownerConfig, { longStatements: true });
  await migrate(pool, migrationFolders, appConfig.user);
  const jobs = allJobs({ keys: tmpdir(), dataFolder: tmpdir(), told: () => undefined });
  await prepareJobs(pool, ownerConfig, jobs, appGroup);
  await installWitness(pool);
  // Cloning wants nobody connected to the template.
  await pool.end();
}

type RunServer = TestServer & { stop: () => Promise<void> };

async function embeddedServer(): Promise<RunServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'servicewright-test-'));
  const server = await startEmbedded({ dataFolder, fsync: false });
  return {
    ownerConfig: server.ownerConfig,
    appConfig: server.appConfig,
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function outsideServer(env: NodeJS.ProcessEnv): Promise<RunServer | undefined> {
  const { TEST_DATABASE_OWNER_URL: owner, TEST_DATABASE_URL: app } = env;
  if (!owner && !app) return undefined;
  if (!owner || !app) throw new Error('Set both TEST_DATABASE_OWNER_URL and TEST_DATABASE_URL, or neither.');
  const drop = () => asOwner(owner, `drop database if exists ${template} with (force)`);
  await drop();
  await asOwner(owner, `create database ${template}`);
  return { ownerConfig: configOf(owner), appConfig: configOf(app), stop: drop };
}

const template = 'servicewright';

/** In parts, because a database named in a URL would win over the one that a test file names. */
function configOf(url: string): pg.ClientConfig {
  const { host, port, user, password } = new pg.Client(url);
  return { host, port, user: user ?? '', ...(password ? { password } : {}), database: template };
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ ...configOf(url), database: 'postgres' });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
