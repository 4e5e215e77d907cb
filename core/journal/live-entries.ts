import type pg from 'pg';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { facetsOf } from '../permission/facet.ts';
import { entriesSeenBy, isAnothersEntry } from './visible.ts';

export interface LiveEntry {
  transaction: string;
  seq: number;
  recordId: string;
  type: string;
  ref: string;
  move: string | null;
  state: string;
  version: number;
  actor: string | null;
}

/** The most entries that are read at once. */
export const liveBatch = 200;

/** A point in the journal's order by transaction and number, which is also the order of commitment as far as readers go. */
export interface Place {
  transaction: string;
  seq: number;
}

/** How a place is named to a reader, who begins or comes back with it. */
export const placeText = (transaction: string, seq = 0): string => `${transaction}.${seq}`;

/** Where a stream begins, and whether what happened before it is told to nobody. */
export interface Start {
  place: Place;
  missed: boolean;
}

/** A reader who comes back is told what it missed one by one as long as no more entries were written meanwhile. */
const mostReplayed = 2000;

/**
 * Where a stream begins: after the place that a reader names, who comes back or has read before; else with what is not settled yet.
 * A place beyond that came from another database, where transactions had other ids.
 */
export async function startOf(pool: pg.Pool, named: string | undefined): Promise<Start> {
  const [, transaction, seq] = /^(\d{1,19})\.(\d{1,15})$/.exec(String(named)) ?? [];
  const now = await placeNow(pool);
  if (transaction === undefined || BigInt(transaction) > BigInt(now.transaction)) return { place: now, missed: false };
  const { rows } = await pool.query<{ behind: number }>(
    `select count(*)::int as behind
     from (select from core.journal where (transaction, seq) > ($1, $2) limit ${mostReplayed + 1}) later`,
    [transaction, seq],
  );
  if ((rows[0]?.behind ?? 0) > mostReplayed) return { place: now, missed: true };
  return { place: { transaction, seq: Number(seq) }, missed: false };
}

/** Before what is not settled yet. */
export async function placeNow(pool: pg.Pool): Promise<Place> {
  const { rows } = await pool.query<{ xmin: string }>('select pg_snapshot_xmin(pg_current_snapshot()) as xmin');
  return { transaction: rows[0]?.xmin ?? '0', seq: 0 };
}

/**
 * Entries after one point and before another that the principal may see, in order. The other is a `placeNow`: beyond it an open
 * transaction may still precede what stands.
 */
export async function entriesAfter(
  pool: pg.Pool,
  principal: Principal,
  { place, until }: { place: Place; until: Place },
): Promise<LiveEntry[]> {
  const scope = scopeOf(principal, 5);
  const { rows } = await pool.query<LiveEntry>(
    `select j.transaction,
       j.seq,
       j.record_id as "recordId",
       j.record_type as type,
       r.ref,
       j.move,
       r.state,
       j.version,
       case when ${isAnothersEntry('$3')} then null else j.actor_id end as actor
     from core.journal j
     join core.record r on r.provider_id = j.provider_id and r.id = j.record_id
     where (j.transaction, j.seq) > ($1, $2)
       and j.transaction < $4
       and ${scope.sql}
       and ${entriesSeenBy('$3')}
     order by j.transaction, j.seq
     limit ${liveBatch}`,
    [place.transaction, place.seq, facetsOf(principal), until.transaction, ...scope.values],
  );
  return rows;
}
