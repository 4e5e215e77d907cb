import type pg from 'pg';

const lockOf = (provider: string, system: string) => `hashtext(${provider}::text), hashtext('import ' || ${system})`;

/** One import of a source at a time: taken for the life of the connection. */
export async function takeLock(client: pg.ClientBase, providerId: string, system: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${lockOf('$1', '$2')}) as taken`,
    [providerId, system],
  );
  return rows[0]?.taken === true;
}

/** Gives the lock back at once: a closed connection gives it back a moment later, and the next import would be refused. */
export async function letGo(client: pg.ClientBase, providerId: string, system: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(${lockOf('$1', '$2')})`, [providerId, system]);
}

/** The same lock for as long as a transaction lasts. */
export async function takeLockInTransaction(
  client: pg.ClientBase,
  providerId: string,
  system: string,
): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(${lockOf('$1', '$2')}) as taken`,
    [providerId, system],
  );
  return rows[0]?.taken === true;
}
