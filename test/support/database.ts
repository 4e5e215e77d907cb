import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { connect } from '../../core/database/connect.ts';
import type { TestServer } from './global-setup.ts';
import { keepStatements } from './statements.ts';

/** A migrated database of its own, and pools for its two roles. */
export type TestDatabase = {
  appPool: pg.Pool;
  ownerPool: pg.Pool;
  appConfig: pg.ClientConfig;
  ownerConfig: pg.ClientConfig;
  drop(): Promise<void>;
};

/** How a command of its own process reaches it. */
export const urlOf = ({ host, port, user, password, database }: pg.ClientConfig): string =>
  `postgres://${user}:${String(password)}@localhost/${database}?host=${encodeURIComponent(host ?? '')}&port=${port}`;

/** The server of the worker that this file runs in: nobody else is on it at the time. */
export function testServer(): TestServer {
  const servers = inject('testServers');
  const server = servers[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % servers.length];
  if (!server) throw new Error('no server was started for the tests');
  return server;
}

/** Clones the run's migrated database: one per test file, dropped in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testServer();
  const database = `test_${randomBytes(6).toString('hex')}`;
  const asOwner = async (statement: string): Promise<void> => {
    const client = new pg.Client({ ...server.ownerConfig, database: 'postgres' });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await asOwner(`create database ${database} template servicewright`);
  const appConfig = { ...server.appConfig, database };
  const ownerConfig = { ...server.ownerConfig, database };
  const appPool = connect(appConfig, { max: 5 });
  const ownerPool = connect(ownerConfig, { max: 5 });
  keepStatements(appPool);
  return {
    appPool,
    ownerPool,
    appConfig,
    ownerConfig,
    async drop() {
      await Promise.all([appPool.end(), ownerPool.end()]);
      await asOwner(`drop database ${database} with (force)`);
    },
  };
}
