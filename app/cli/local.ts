// What local commands stand on: the database of this installation, and its server, running already or started for the command.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { connect } from '../../core/database/connect.ts';
import { checkout, keysFolder } from '../../core/database/embedded/index.ts';
import { migrate } from '../../core/database/migrate.ts';
import { databaseFromEnvironment } from '../../core/database/settings.ts';
import type { DatabaseSettings } from '../../core/database/settings.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { migrationFolders } from '../server/migrations.ts';
import { createRegistry } from '../server/registry.ts';
import { startServer } from '../server/start.ts';

export interface Local {
  database: DatabaseSettings;
  owner: pg.Pool;
  pool: pg.Pool;
  registry: Registry;
  dataFolder: string;
  keys: string;
}

export function dataFolderOf(database: DatabaseSettings): string {
  return database.embedded?.dataFolder ?? process.env['SERVICEWRIGHT_DATA'] ?? join(checkout, 'data');
}

/** Opens the installation's database, migrated, for one command; a server that runs already is shared, else one is started and stopped. */
export const withLocal = <T>(work: (local: Local) => Promise<T>): Promise<T> =>
  withDatabase(async (local) => {
    await migrate(local.owner, migrationFolders, local.database.appLogin);
    return work(local);
  });

/** The same, where the command itself makes the schema. */
export async function withDatabase<T>(work: (local: Local) => Promise<T>): Promise<T> {
  const database = await databaseFromEnvironment();
  const owner = connect(database.ownerConfig, { max: 4, name: 'servicewright command', longStatements: true });
  const pool = connect(database.appConfig, { max: 4, longStatements: true });
  const dataFolder = dataFolderOf(database);
  try {
    return await work({ database, owner, pool, registry: createRegistry(), dataFolder, keys: keysFolder(dataFolder) });
  } finally {
    await Promise.all([owner.end(), pool.end()]);
    await database.stop();
  }
}

export const serverFile = (dataFolder: string): string => join(dataFolder, 'server.json');

/** The address of the server that runs on this data folder, if one answers. */
async function runningServer(dataFolder: string): Promise<string | undefined> {
  const file = serverFile(dataFolder);
  if (!existsSync(file)) return undefined;
  const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string }; // written by `start`
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  return answer?.ok ? url : undefined;
}

/** Where people reach this installation, as far as its machine can tell: its usual address while it does not run. */
export const addressOf = async (dataFolder: string): Promise<string> =>
  (await runningServer(dataFolder)) ?? 'http://localhost:8080';

/** Runs work against the running server (which stays), or one started for it on a free port. */
export async function withServer<T>(local: Local, work: (url: string, stays: boolean) => Promise<T>): Promise<T> {
  const running = await runningServer(local.dataFolder);
  if (running) return work(running, true);
  const database: DatabaseSettings = { ...local.database, stop: () => Promise.resolve() };
  const server = await startServer({ database, port: 0, dataFolder: local.dataFolder, callsPerMinute: 1_000_000 });
  try {
    return await work(server.url, false);
  } finally {
    await server.close();
  }
}
