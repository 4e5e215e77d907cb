import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { inTransaction } from '../database/connect.ts';
import type { JournalBell } from './bell.ts';
import type { Application } from '../record/define/work.ts';
import type { JournalEntry } from './format/entry.ts';
import type { JournalSubscriber } from './subscriber.ts';
import { ensureMonth } from '../record/act/act.ts';

const batch = 500;
/** Between two looks: what comes meanwhile is taken together, which costs far less than one by one. */
const restMs = 100;
const heartbeatMs = 2000;

interface Cursor {
  name: string;
  transaction: string;
  seq: number;
}

interface Taken {
  /** Whether somebody took a full batch, so that there may be a next one. */
  isFull: boolean;
  failures: { of: string; error: unknown }[];
}

/**
 * Feeds subscribers the journal from their cursors on, in order, at least once, when the bell rings: one reader for all,
 * which rests between two looks. Returns what stops it.
 */
export function followJournal(
  application: Application,
  subscribers: readonly JournalSubscriber[],
  { bell, onError }: { bell: JournalBell; onError: (error: unknown, of: string) => void },
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<unknown> = Promise.resolve();
  let queued = false;
  const look = async () => {
    queued = false;
    let taken: Taken | undefined;
    while (!signal.aborted && (!taken || taken.isFull)) {
      taken = await takeBatch(application, subscribers);
      for (const { of, error } of taken.failures) onError(error, of);
    }
    await sleep(restMs, undefined, { signal }).catch(() => undefined); // stopped: no rest is needed
  };
  const wake = () => {
    if (queued || signal.aborted) return;
    queued = true;
    running = running.then(look).catch((error: unknown) => onError(error, 'journal'));
  };
  const off = bell.onRing(wake);
  const heartbeat = setInterval(wake, heartbeatMs);
  wake();
  return async () => {
    stopping.abort();
    off();
    clearInterval(heartbeat);
    await running;
  };
}

/**
 * Takes batches until there is no further entry.
 * @throws what the subscriber throws
 */
export async function catchUp(application: Application, subscriber: JournalSubscriber): Promise<void> {
  let taken: Taken;
  do {
    taken = await takeBatch(application, [subscriber]);
    for (const { error } of taken.failures) throw error;
  } while (taken.isFull);
}

/**
 * One batch each. The cursors' rows are locked while they are worked on, so that of several processes one proceeds. Those
 * that stand at one place are given the same entries, read once; the cursor of one that fails stays.
 */
async function takeBatch(application: Application, subscribers: readonly JournalSubscriber[]): Promise<Taken> {
  await ensureMonths(application);
  return inTransaction(application.pool, async (client) => {
    const cursors = await lockCursors(
      client,
      subscribers.map(({ name }) => name),
    );
    const result: Taken = { isFull: false, failures: [] };
    for (const [place, ...others] of Map.groupBy(cursors, placeOf).values()) {
      if (!place) continue;
      const entries = await entriesFrom(client, place);
      const last = entries.at(-1);
      if (!last) continue;
      const here = new Set([place, ...others].map(({ name }) => name));
      const given = subscribers.filter(({ name }) => here.has(name));
      const failures = (await Promise.all(given.map((each) => give(application, each, entries)))).flat();
      const failed = new Set(failures.map(({ of }) => of));
      const advanced = [...here].filter((name) => !failed.has(name));
      await advance(client, advanced, last);
      result.failures.push(...failures);
      result.isFull ||= advanced.length > 0 && entries.length === batch;
    }
    return result;
  });
}

/**
 * A month's partition is made while the journal is not read here: what a subscriber does would wait for the reading, which waits
 * for the subscriber. Of the present, and of each example's own.
 */
async function ensureMonths(application: Application): Promise<void> {
  const { rows } = await application.pool.query<{ now: string }>(
    'select scenario_now as now from core.provider where scenario_now is not null',
  );
  const present = new Date(application.clock()).toISOString();
  for (const now of [present, ...rows.map((each) => each.now)]) await ensureMonth(application, now);
}

const placeOf = ({ transaction, seq }: Cursor) => `${transaction}.${seq}`;

async function give(
  application: Application,
  { name, types, take }: JournalSubscriber,
  entries: readonly JournalEntry[],
): Promise<Taken['failures']> {
  const wanted = types ? entries.filter(({ recordType }) => types.includes(recordType)) : entries;
  if (!wanted.length) return [];
  try {
    await take(application, wanted);
    return [];
  } catch (error) {
    return [{ of: name, error }];
  }
}

/** Entries by transaction and number, up to the oldest transaction that is open: behind that point none can be added, whatever number it has. */
async function entriesFrom(
  client: pg.PoolClient,
  { transaction, seq }: Cursor,
): Promise<(JournalEntry & Omit<Cursor, 'name'>)[]> {
  const { rows } = await client.query<JournalEntry & Omit<Cursor, 'name'>>({
    name: 'journal from a place',
    text: `select transaction,
        seq,
        provider_id as "providerId",
        record_id as "recordId",
        record_type as "recordType",
        version,
        kind,
        move,
        from_state as "from",
        to_state as "to",
        occurred_at as "occurredAt",
        recorded_at as "recordedAt",
        actor_id as "actorId",
        edits
      from core.journal
      where (transaction, seq) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by transaction, seq
      limit ${batch}`,
    values: [transaction, seq],
  });
  return rows;
}

/** The cursors that nobody else holds; those of new subscribers are made. */
async function lockCursors(client: pg.PoolClient, names: readonly string[]): Promise<Cursor[]> {
  const lock = async () =>
    (
      await client.query<Cursor>({
        name: 'lock cursors',
        text: 'select name, transaction, seq from core.cursor where name = any($1) order by name for update skip locked',
        values: [names],
      })
    ).rows;
  const found = await lock();
  if (found.length === names.length) return found;
  const { rowCount } = await client.query(
    `insert into core.cursor (name, seq, updated_at)
     select name, 0, now()
     from unnest($1::text[]) as name
     on conflict do nothing`,
    [names],
  );
  return rowCount ? lock() : found;
}

async function advance(
  client: pg.PoolClient,
  names: readonly string[],
  { transaction, seq }: Omit<Cursor, 'name'>,
): Promise<void> {
  await client.query({
    name: 'advance cursors',
    text: 'update core.cursor set transaction = $2, seq = $3, updated_at = now() where name = any($1)',
    values: [names, transaction, seq],
  });
}
