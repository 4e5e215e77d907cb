import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { columnTypes } from './column-types.ts';

/** `longStatements` is for migrations, dumps and imports: without it a statement ends after 30 s. */
export type ConnectOptions = { max?: number; name?: string; longStatements?: boolean };

/**
 * Opens a pool. Values arrive as: int8 a number, timestamptz `2026-03-01T08:00:00.000Z`, date `2026-03-01`, numeric a string.
 * A connection that is lost while idle or checked out is dropped from the pool; only the query that ran on it fails.
 */
export function connect(
  config: pg.ClientConfig,
  { max = 10, name = 'servicewright', longStatements = false }: ConnectOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    max,
    application_name: name,
    types: columnTypes,
    connectionTimeoutMillis: 10_000,
    onConnect: async (client) => {
      // As a statement, not as start-up parameters: connection poolers refuse those.
      await client.query(longStatements ? "set timezone = 'UTC'" : limits);
    },
  });
  // Node ends the process on an 'error' event that nobody hears. pg itself removes the broken connection and fails its query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Every statement of the application finds its rows by an index. After an import the statistics are those of before for a
 * while, and a planner that believes a table empty reads it from end to end; it is not offered that where an index will do.
 */
const limits = `set timezone = 'UTC'; set statement_timeout = '30s'; set idle_in_transaction_session_timeout = '60s';
  set enable_seqscan = off; set random_page_cost = 1.1; set jit = off`;

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return between(pool, 'begin', work);
}

/**
 * The same for what tells the journal: the transaction has its number before the work takes its instant. Only so can be said of
 * an entry that is older than what stands before it whether its act was under way then.
 */
export function inNumberedTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return between(pool, 'begin; select pg_current_xact_id()', work);
}

async function between<T>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that cannot roll back is closed, not lent to the next caller in the middle of a transaction.
    client.release(broken);
  }
}

/** Typed SQL on a pool, or on the one client of a transaction. Nothing needs closing but the pool. */
export function queryBuilder<Tables>(source: pg.Pool | pg.PoolClient): Kysely<Tables> {
  const pool = source instanceof pg.Pool ? source : lend(source);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

type PostgresPool = Exclude<ConstructorParameters<typeof PostgresDialect>[0]['pool'], (...given: never[]) => unknown>;

/** Kysely gives a client back after each statement; one that is in a transaction stays where it is. */
function lend(client: pg.PoolClient): PostgresPool {
  const lent = new Proxy(client, {
    get: (target, key) => (key === 'release' ? () => undefined : Reflect.get(target, key, target)),
  });
  return { connect: () => Promise.resolve(lent), end: () => Promise.resolve(), options: {} };
}
