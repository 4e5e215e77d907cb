// Acts that took their instant before the clock jumped, or before a checkpoint, and came to be written behind it.
import type pg from 'pg';
import { leniencyMs } from './leniency.ts';

export interface Leaf {
  seq: number;
  hash: string;
  transaction: string;
}

export interface TimedLeaf extends Leaf {
  provider: string;
  record: string;
  recordedAt: string;
}

/** Entries between two numbers, in their order. */
export async function leavesOf(client: pg.PoolClient, after: number, to: number, limit?: number): Promise<TimedLeaf[]> {
  const { rows } = await client.query<TimedLeaf>(
    `select seq, hash, transaction, provider_id as provider, record_id as record, recorded_at as "recordedAt"
     from core.journal
     where seq > $1 and seq <= $2
     order by seq
     limit $3`,
    [after, to, limit ?? null],
  );
  return rows;
}

/** An example's scenario clock is its own. */
export async function examplesOf(client: pg.PoolClient): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>('select id from core.provider where example');
  return new Set(rows.map(({ id }) => id));
}

export const realAmong = (entries: readonly TimedLeaf[], examples: ReadonlySet<string>): TimedLeaf[] =>
  entries.filter(({ provider }) => !examples.has(provider));

/**
 * Of entries that look dated back, those that their transactions explain, by their numbers. An act begins its transaction, then
 * takes its instant, and its entry is numbered last: it may be recorded before a checkpoint that was taken meanwhile, and before
 * what younger transactions wrote. It is not recorded before the last checkpoint that was taken before it began, unless a later
 * one tells of an earlier clock; nor before what an older transaction wrote on its record.
 */
export async function lateAmong(
  client: pg.PoolClient,
  entries: readonly TimedLeaf[],
  { previousAt, cluster }: { previousAt: string | null; cluster: string },
): Promise<number[]> {
  const suspects = suspectsAmong(entries, previousAt);
  if (!suspects.length) return [];
  const floors = await floorsOf(client, [...new Set(suspects.map(({ transaction }) => transaction))], cluster);
  const byRecord = Map.groupBy(entries, ({ record }) => record);
  return suspects
    .filter((each) => Date.parse(each.recordedAt) >= (floors.get(each.transaction) ?? -Infinity) - leniencyMs)
    .filter((each) => !followsOlder(each, byRecord.get(each.record) ?? []))
    .map(({ seq }) => seq);
}

/** Recorded much earlier than the checkpoint before, or than what stands before on the same record. */
function suspectsAmong(entries: readonly TimedLeaf[], previousAt: string | null): TimedLeaf[] {
  const after = previousAt === null ? -Infinity : Date.parse(previousAt);
  const newest = new Map<string, number>();
  return entries.filter(({ record, recordedAt }) => {
    const at = Date.parse(recordedAt);
    const before = newest.get(record) ?? -Infinity;
    newest.set(record, Math.max(before, at));
    return at < Math.max(after, before) - leniencyMs;
  });
}

const followsOlder = (entry: TimedLeaf, ofRecord: readonly TimedLeaf[]): boolean =>
  ofRecord.some(
    (before) =>
      before.seq < entry.seq &&
      BigInt(before.transaction) < BigInt(entry.transaction) &&
      Date.parse(before.recordedAt) - leniencyMs > Date.parse(entry.recordedAt),
  );

/**
 * The earliest instant that a clock showed, as far as checkpoints tell, while each transaction was open: that of the last
 * checkpoint before it began, and of those since. One of another cluster was taken before all that began here.
 */
async function floorsOf(
  client: pg.PoolClient,
  transactions: readonly string[],
  cluster: string,
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ transaction: string; floor: string | null }>(
    `select x.transaction, min(c.at) as floor
     from unnest($1::text[]) as x(transaction)
     left join lateral (
       select p.seq_to
       from core.checkpoint p
       where p.cluster <> $2 or p.next_transaction::xid8 <= x.transaction::xid8
       order by p.seq_to desc
       limit 1) b on true
     join core.checkpoint c on c.seq_to >= coalesce(b.seq_to, 0)
     group by x.transaction`,
    [transactions, cluster],
  );
  return new Map(rows.flatMap(({ transaction, floor }) => (floor === null ? [] : [[transaction, Date.parse(floor)]])));
}
