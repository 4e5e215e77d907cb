import type pg from 'pg';
import { loadOrCreateKey, signCheckpoint } from './format/checkpoint.ts';
import { settledHorizon } from './horizon.ts';
import { merkleRoot } from './format/merkle.ts';
import { inTransaction } from '../database/connect.ts';

/** Entries under one checkpoint at the most: bounds the memory of taking and of verifying one. */
const most = 50_000;

export interface CheckpointBody {
  from: number;
  to: number;
  entries: number;
  root: string;
  previousRoot: string | null;
  at: string;
}

/**
 * Signs a Merkle root over the entries since the last checkpoint, up to the horizon before which none can be added; nothing is
 * written when there are none. Repeats until all are covered. What is open at the moment is left to the next run.
 */
export async function takeCheckpoint(pool: pg.Pool, keysFolder: string, at: string): Promise<void> {
  const key = loadOrCreateKey(keysFolder);
  while (await inTransaction(pool, (client) => checkpointOnce(client, key, at))) {
    /* the next fifty thousand */
  }
}

async function checkpointOnce(
  client: pg.PoolClient,
  key: ReturnType<typeof loadOrCreateKey>,
  at: string,
): Promise<boolean> {
  await client.query("select pg_advisory_xact_lock(hashtext('core.checkpoint'))");
  const settled = await settledHorizon(client);
  const { rows: last } = await client.query<{ to: number; root: string }>(
    'select seq_to as to, root from core.checkpoint order by seq_to desc limit 1',
  );
  const previous = last[0];
  const { rows } = await client.query<{ seq: number; hash: string }>(
    'select seq, hash from core.journal where seq > $1 and seq <= $2 order by seq limit $3',
    [previous?.to ?? 0, settled, most],
  );
  const [first] = rows;
  const end = rows.at(-1);
  if (!first || !end) return false;
  const body: CheckpointBody = {
    from: first.seq,
    to: end.seq,
    entries: rows.length,
    root: merkleRoot(rows),
    previousRoot: previous?.root ?? null,
    at,
  };
  await client.query(
    `insert into core.checkpoint (seq_from, seq_to, entries, root, previous_root, at, key_id, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      body.from,
      body.to,
      body.entries,
      body.root,
      body.previousRoot,
      body.at,
      key.keyId,
      signCheckpoint(key.privateKey, { ...body }),
    ],
  );
  return rows.length === most;
}
