import pg from 'pg';

/** Between us and the database stands a pooler that gives each statement another connection; the message is one line for the operator. */
export class PooledConnection extends Error {
  override name = 'PooledConnection';
}

const tries = 4;
const patienceMs = 3000;

/**
 * Refuses a connection pooler in transaction or statement mode: time limits and time zone are kept by the connection, as are
 * LISTEN and locks of a session, and all of them would pass to others. Several connections keep a transaction open at once: one
 * that is really ours stays with the same process of the database meanwhile.
 * @throws PooledConnection
 */
export async function refusePooler(config: pg.ClientConfig): Promise<void> {
  const clients = Array.from(
    { length: tries },
    () => new pg.Client({ ...config, query_timeout: patienceMs, connectionTimeoutMillis: 10_000 }),
  );
  for (const client of clients) client.on('error', () => undefined); // a pooler may end it; the query that runs fails, and tells
  try {
    for (const client of clients) await client.connect();
    const [own, ...others] = clients;
    const before = await processOf(own);
    for (const client of others) {
      await client.query('begin');
      await processOf(client);
    }
    if ((await processOf(own)) === before) return;
  } catch (error) {
    // A pool that has no further connection to lend lets us wait in vain.
    if (!(error instanceof Error) || error.message !== 'Query read timeout') throw error;
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
  throw new PooledConnection(
    'The address of the database leads through a connection pooler in transaction mode (such as PgBouncer). Name the database itself, or a pool in session mode, in DATABASE_URL and DATABASE_OWNER_URL.',
  );
}

async function processOf(client: pg.Client | undefined): Promise<number | undefined> {
  const found = await client?.query<{ process: number }>('select pg_backend_pid() as process');
  return found?.rows[0]?.process;
}
