// The whole example, played with a log in a test's own application.
import type { Log } from '../../examples/harbour/log.ts';
import { runExample } from '../../examples/harbour/run.ts';
import type { TestApplication } from './application.ts';
import { client } from './client.ts';
import type { Client } from './client.ts';
import { keyOf } from './keys.ts';
import { groundOf } from './walked.ts';

export interface Played {
  /** What the example printed. */
  told: string[];
  /** Links of the thread that are missing. */
  broken: number;
  providerId: string;
  /** One of its people, with a key. */
  as: (name: string) => Promise<Client>;
}

export async function playedExample(app: TestApplication, log: Log): Promise<Played> {
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const told: string[] = [];
  const { broken, providerName } = await runExample(groundOf(app), url, log, (line) => told.push(line));
  const { rows } = await app.database.ownerPool.query<{ id: string }>('select id from core.provider where name = $1', [
    providerName,
  ]);
  const providerId = rows[0]?.id ?? '';
  const as = async (name: string) => {
    const found = await app.database.ownerPool.query<{ id: string }>(
      "select id from core.record where provider_id = $1 and type = 'person' and title = $2",
      [providerId, name],
    );
    const personId = found.rows[0]?.id ?? '';
    const key = await keyOf(app, personId);
    return client(app.server, personId, key);
  };
  return { told, broken, providerId, as };
}
