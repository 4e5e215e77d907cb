// The example's whole thread, from the requirement to live operation, in a test's own application.
import { createRegistry } from '../../app/server/registry.ts';
import { walkToLive } from '../../app/demo/run.ts';
import type { Walked } from '../../app/demo/run.ts';
import type { Local } from '../../app/cli/local.ts';
import type { TestApplication } from './application.ts';

/** A test's application as local commands see an installation. */
export function localOf({ database, keysFolder }: TestApplication): Local {
  const { appPool, ownerPool, appConfig, ownerConfig } = database;
  const settings = {
    appConfig,
    ownerConfig,
    appLogin: String(appConfig.user),
    protectsJournal: true,
    embedded: undefined,
    stop: () => Promise.resolve(),
  };
  return {
    database: settings,
    owner: ownerPool,
    pool: appPool,
    registry: createRegistry(),
    dataFolder: keysFolder,
    keys: keysFolder,
  };
}

/** Walks the example's service to live, through HTTP on a port of its own; the data that reading and deciding tests stand on. */
export async function walkedThread(app: TestApplication): Promise<Walked> {
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  return walkToLive(localOf(app), url, '2017-03-01T12:00:00.000Z', () => undefined);
}
