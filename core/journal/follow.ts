import type pg from 'pg';
import { inTransaction } from '../database/connect.ts';
import type { JournalBell } from '../http/live.ts';
import type { Application } from '../record/work.ts';
import type { JournalEntry, JournalSubscriber } from './subscriber.ts';

const batch = 500;

interface Cursor {
  transaction: string;
  seq: number;
}

/** Feeds a subscriber the journal from its cursor on, in order, at least once, each time the bell rings. Returns what stops it. */
export function followJournal(
  application: Application,
  subscriber: JournalSubscriber,
  bell: JournalBell,
  onError: (error: unknown, of: string) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let queued = false;
  let stopped = false;
  const wake = () => {
    if (queued || stopped) return;
    queued = true;
    running = running
      .then(async () => {
        queued = false;
        if (!stopped) await catchUp(application, subscriber, () => stopped);
      })
      .catch((error: unknown) => onError(error, subscriber.name));
  };
  const off = bell.onRing(wake);
  const heartbeat = setInterval(wake, 2000);
  wake();
  return async () => {
    stopped = true;
    off();
    clearInterval(heartbeat);
    await running;
  };
}

/** Takes batches until there is no further entry. */
export async function catchUp(
  application: Application,
  subscriber: JournalSubscriber,
  isStopped: () => boolean = () => false,
): Promise<void> {
  while (!isStopped() && (await takeBatch(application, subscriber))) {
    /* the next batch */
  }
}

/**
 * One batch. The cursor's row is locked while it is worked on, so that of several processes one proceeds. Entries come by
 * transaction and number, up to the oldest transaction that is open: behind that point none can be added, whatever number it has.
 */
async function takeBatch(application: Application, subscriber: JournalSubscriber): Promise<boolean> {
  return inTransaction(application.pool, async (client) => {
    const from = await lockCursor(client, subscriber.name);
    if (from === undefined) return false;
    const { rows } = await client.query<JournalEntry & Cursor>(
      `select transaction, seq, provider_id as "providerId", record_id as "recordId", record_type as "recordType", version, kind, move, from_state as "from", to_state as "to",
         occurred_at as "occurredAt", recorded_at as "recordedAt", actor_id as "actorId", edits from core.journal
       where (transaction, seq) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot()) order by transaction, seq limit ${batch}`,
      [from.transaction, from.seq],
    );
    const last = rows.at(-1);
    if (!last) return false;
    const wanted = subscriber.types ? rows.filter((row) => subscriber.types?.includes(row.recordType)) : rows;
    if (wanted.length) await subscriber.take(application, wanted);
    await client.query('update core.cursor set transaction = $2, seq = $3, updated_at = now() where name = $1', [
      subscriber.name,
      last.transaction,
      last.seq,
    ]);
    return rows.length === batch;
  });
}

async function lockCursor(client: pg.PoolClient, name: string): Promise<Cursor | undefined> {
  await client.query('insert into core.cursor (name, seq, updated_at) values ($1, 0, now()) on conflict do nothing', [
    name,
  ]);
  const { rows } = await client.query<Cursor>(
    'select transaction, seq from core.cursor where name = $1 for update skip locked',
    [name],
  );
  return rows[0];
}
