import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrationFolders } from '../../app/server/migrations.ts';
import { connect } from '../../core/database/connect.ts';
import { startEmbedded } from '../../core/database/embedded/index.ts';
import { migrate } from '../../core/database/migrate.ts';

/** How a test file reaches the run's server: see database.ts. */
export type TestServer = { ownerConfig: pg.ClientConfig; appConfig: pg.ClientConfig };

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** One server for the whole run, with a migrated database `servicewright` that test files clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'servicewright-test-'));
  const server = await startEmbedded({ dataFolder, fsync: false });
  const { ownerConfig, appConfig } = server;
  const pool = connect(ownerConfig, { longStatements: true });
  await migrate(pool, migrationFolders, appConfig.user);
  // Cloning wants nobody connected to the template.
  await pool.end();
  project.provide('testServer', { ownerConfig, appConfig });
  return async () => {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
