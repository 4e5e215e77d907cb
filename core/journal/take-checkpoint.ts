import { createHash } from 'node:crypto';
import type pg from 'pg';
import { loadOrCreateKey, signCheckpoint } from './format/checkpoint.ts';
import { settledHorizon } from './horizon.ts';
import { examplesOf, lateAmong, leavesOf, realAmong } from './late.ts';
import type { Leaf } from './late.ts';
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
  /** How many refusals there were, and the hash of the last. */
  refusals: number;
  refusalHead: string | null;
  /** In which transactions the entries were written: a digest that counts where they were written, and nowhere else. */
  transactions: string;
  cluster: string;
  /** The first transaction that began after `at`: those before may have taken their instant earlier. */
  nextTransaction: string;
  /** Entries that look dated back, and that such a transaction explains. They are told here because a restore numbers anew. */
  late: readonly number[];
}

/** A digest of which entry was written by which transaction: readers follow that order. */
export function transactionsOf(leaves: readonly Leaf[]): string {
  const sha256 = createHash('sha256');
  for (const { seq, transaction } of leaves) sha256.update(`${seq} ${transaction}\n`);
  return sha256.digest('hex');
}

/** Where the journal's table stands: its transaction ids mean nothing anywhere else, nor after a restore. */
export async function clusterOf(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ cluster: string }>(
    `select concat_ws('/', s.system_identifier, d.oid, 'core.journal'::regclass::oid) as cluster
     from pg_control_system() s, pg_database d
     where d.datname = current_database()`,
  );
  return rows[0]?.cluster ?? '';
}

/** Whatever begins from now on has a greater one. Its instant was taken before this is asked. */
async function ownTransaction(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ transaction: string }>('select pg_current_xact_id() as transaction');
  const [own] = rows;
  if (!own) throw new Error('a function without a row');
  return own.transaction;
}

/** Refusals commit in the order of their numbers: none can come before the last one. */
async function lastRefusal(client: pg.PoolClient): Promise<{ number: number; hash: string | null }> {
  const { rows } = await client.query<{ number: number; hash: string }>(
    'select number, hash from core.refusal order by number desc limit 1',
  );
  return rows[0] ?? { number: 0, hash: null };
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
  const { rows: last } = await client.query<{ to: number; root: string; at: string }>(
    'select seq_to as to, root, at from core.checkpoint order by seq_to desc limit 1',
  );
  const previous = last[0];
  const rows = await leavesOf(client, previous?.to ?? 0, settled, most);
  const [first] = rows;
  const end = rows.at(-1);
  if (!first || !end) return false;
  const refused = await lastRefusal(client);
  const cluster = await clusterOf(client);
  const body: CheckpointBody = {
    from: first.seq,
    to: end.seq,
    entries: rows.length,
    root: merkleRoot(rows),
    previousRoot: previous?.root ?? null,
    at,
    refusals: refused.number,
    refusalHead: refused.hash,
    transactions: transactionsOf(rows),
    cluster,
    nextTransaction: await ownTransaction(client),
    late: await lateAmong(client, realAmong(rows, await examplesOf(client)), {
      previousAt: previous?.at ?? null,
      cluster,
    }),
  };
  await client.query(
    `insert into core.checkpoint (
       seq_from, seq_to, entries, root, previous_root, at, refusals, refusal_head, transactions, cluster,
       next_transaction, late, key_id, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      body.from,
      body.to,
      body.entries,
      body.root,
      body.previousRoot,
      body.at,
      body.refusals,
      body.refusalHead,
      body.transactions,
      body.cluster,
      body.nextTransaction,
      JSON.stringify(body.late),
      key.keyId,
      signCheckpoint(key.privateKey, { ...body }),
    ],
  );
  return rows.length === most;
}
