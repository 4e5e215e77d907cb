// The example's whole thread, from the requirement to live operation, in a test's own application.
import { createRegistry } from '../../app/server/registry.ts';
import { walkToLive } from '../../examples/harbour/run.ts';
import type { Walked } from '../../examples/harbour/run.ts';
import type { TestApplication } from './application.ts';

/** What the example stands on, in a test's application. */
export const groundOf = ({ database }: TestApplication): Parameters<typeof walkToLive>[0] => ({
  pool: database.appPool,
  registry: createRegistry(),
});

/** Walks the example's service to live, through HTTP on a port of its own; the data that reading and deciding tests stand on. */
export async function walkedThread(app: TestApplication): Promise<Walked> {
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  return walkToLive(groundOf(app), url, '2017-03-01T12:00:00.000Z', () => undefined);
}
