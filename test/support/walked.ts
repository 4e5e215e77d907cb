// The example's whole thread, from the requirement to live operation, in a test's own application.
import { createRegistry } from '../../app/server/registry.ts';
import { walkToLive } from '../../app/demo/run.ts';
import type { Walked } from '../../app/demo/run.ts';
import type { TestApplication } from './application.ts';

/** Walks the example's service to live, through HTTP on a port of its own; the data that reading and deciding tests stand on. */
export async function walkedThread(app: TestApplication): Promise<Walked> {
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const ground = { pool: app.database.appPool, registry: createRegistry() };
  return walkToLive(ground, url, '2017-03-01T12:00:00.000Z', () => undefined);
}
