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
  const [seq, transaction] = await newHorizon(client);
  if (await allEndedBefore(client, transaction)) return seq;
  // A note that still waits stays: were it replaced each time, a busy database would never settle.
  if (!noted || noted.settled)
    await client.query(
      `insert into core.horizon (seq, transaction)
       values ($1, $2)
       on conflict (one)
       do update set seq = excluded.seq, transaction = excluded.transaction`,
      [seq, transaction],
    );
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

/** Two statements, in this order: the id must be younger than every transaction that took a number up to this one. */
async function newHorizon(client: pg.PoolClient): Promise<[seq: number, transaction: string]> {
  const { rows: numbers } = await client.query<{ seq: number; written: boolean }>(
    `select case when is_called then last_value else 0 end as seq,
       pg_current_xact_id_if_assigned() is not null as written
     from core.journal_seq`,
  );
  // Not the snapshot's xmax: that is the one after the newest that has ended, and younger ones may be open.
  const { rows: ids } = await client.query<{ id: string }>('select pg_current_xact_id() as id');
  const [number, id] = [numbers[0], ids[0]];
  if (!number || !id || number.written) throw new Error('the horizon is read before its transaction writes anything');
  return [number.seq, id.id];
}

async function allEndedBefore(client: pg.PoolClient, transaction: string): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>(
    'select $1::xid8 <= pg_snapshot_xmin(pg_current_snapshot()) as ended',
    [transaction],
  );
  return rows[0]?.ended === true;
}
