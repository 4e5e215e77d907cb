import type pg from 'pg';

/**
 * The number up to which the journal is settled: no entry with it or a smaller one can come any more. 0 while nothing is known.
 * Numbers are taken in another order than transactions commit in. So a number that was taken is noted with a transaction id that
 * is given out afterwards: every transaction that took a number up to that one began before, and once all of those have ended the
 * number is settled. When some are still open the note is kept for the next call. Must run at read committed, under a lock,
 * before its transaction writes anything.
 */
export async function settledHorizon(client: pg.PoolClient): Promise<number> {
  const noted = await notedHorizon(client);
  const { seq, transaction } = await noteHorizon(client);
  if (await allEndedBefore(client, transaction)) return seq;
  return noted?.settled ? noted.seq : 0;
}

/** What an earlier call noted. An id that this cluster has yet to give out came from another one, and tells nothing here. */
async function notedHorizon(client: pg.PoolClient): Promise<{ seq: number; settled: boolean } | undefined> {
  const { rows } = await client.query<{ seq: number; settled: boolean }>(
    `select seq, transaction <= pg_snapshot_xmin(pg_current_snapshot()) as settled
     from core.horizon
     where transaction < pg_snapshot_xmax(pg_current_snapshot())`,
  );
  return rows[0];
}

/** Notes the present, unless an earlier note waits still. The database does it itself: a note says what nobody could make up. */
async function noteHorizon(client: pg.PoolClient): Promise<{ seq: number; transaction: string }> {
  const { rows } = await client.query<{ seq: number; transaction: string }>(
    'select seq, transaction from core.note_horizon()',
  );
  const [noted] = rows;
  if (!noted) throw new Error('a function without a row');
  return noted;
}

async function allEndedBefore(client: pg.PoolClient, transaction: string): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>(
    'select $1::xid8 <= pg_snapshot_xmin(pg_current_snapshot()) as ended',
    [transaction],
  );
  return rows[0]?.ended === true;
}
