import type pg from 'pg';
import { z } from 'zod';
import { entriesSeenBy } from '../journal/visible.ts';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { done } from '../refusal/refusal.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';

/** Wakes whoever waits for the journal; one LISTEN connection a process. */
export interface JournalBell {
  onRing: (listener: () => void) => () => void;
  close: () => Promise<void>;
}

/** Listens for NOTIFY on a connection of its own, and takes a new one when the server drops it. */
export async function journalBell(connect: () => Promise<pg.Client>): Promise<JournalBell> {
  const listeners = new Set<() => void>();
  let closed = false;
  let client: pg.Client | undefined;
  const ring = () => {
    for (const listener of listeners) listener();
  };
  const open = async () => {
    client = await connect();
    client.on('notification', ring);
    client.on('error', () => {
      setTimeout(reopen, 200);
    });
    await client.query('listen journal');
  };
  // Until the database is back: a try that failed is followed by another, and ends no process.
  const reopen = () => {
    if (!closed) void open().then(ring, () => setTimeout(reopen, 1000));
  };
  await open();
  return {
    onRing: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}

interface LiveEntry {
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

const batch = 200;

/** A point in the journal's order by transaction and number, which is also the order of commitment as far as readers go. */
interface Place {
  transaction: string;
  seq: number;
}

/**
 * Where a stream begins: after the entry that a reconnecting reader names, `<transaction>.<seq>`; else with what is not settled yet.
 * A place beyond that came from another database, where transactions had other ids.
 */
async function startOf(pool: pg.Pool, named: string | string[] | undefined): Promise<Place> {
  const { rows } = await pool.query<{ xmin: string }>('select pg_snapshot_xmin(pg_current_snapshot()) as xmin');
  const now = { transaction: rows[0]?.xmin ?? '0', seq: 0 };
  const [, transaction, seq] = /^(\d{1,19})\.(\d{1,15})$/.exec(String(named)) ?? [];
  if (transaction === undefined || BigInt(transaction) > BigInt(now.transaction)) return now;
  return { transaction, seq: Number(seq) };
}

/** Entries after a point that the principal may see, in order; never beyond one that an open transaction may still precede. */
async function entriesAfter(pool: pg.Pool, principal: Principal, place: Place): Promise<LiveEntry[]> {
  const scope = scopeOf(principal, 3);
  const { rows } = await pool.query<LiveEntry>(
    `select j.transaction, j.seq, j.record_id as "recordId", j.record_type as type, r.ref, j.move, r.state, j.version, j.actor_id as actor from core.journal j join core.record r on r.provider_id = j.provider_id and r.id = j.record_id
     where (j.transaction, j.seq) > ($1, $2) and j.transaction < pg_snapshot_xmin(pg_current_snapshot()) and ${scope.sql} and ${entriesSeenBy(principal)} order by j.transaction, j.seq limit ${batch}`,
    [place.transaction, place.seq, ...scope.values],
  );
  return rows;
}

const idOf = ({ transaction, seq }: Place): string => `${transaction}.${seq}`;

/** The live stream of what happens to records (Server-Sent Events); a reconnecting reader names the last entry it saw. */
export function liveEndpoint(bell: JournalBell): Endpoint {
  return endpoint({
    method: 'GET',
    path: '/live',
    operationId: 'live.entries',
    tag: 'Records',
    status: 200,
    summary: 'Journal entries as they happen, as Server-Sent Events',
    response: z.string(),
    handle: async ({ application, caller, request, reply, admitAgain }) => {
      let { principal } = caller;
      let place = await startOf(application.pool, request.headers['last-event-id']);
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      reply.raw.write(`retry: 2000\nid: ${idOf(place)}\nevent: ready\ndata: {}\n\n`);
      let running: Promise<void> = Promise.resolve();
      let queued = false;
      const tell = async () => {
        queued = false;
        // Rights end while a stream is open, keys are revoked, sessions end: judged anew before anything is told.
        const again = await admitAgain();
        if (!again) return void reply.raw.end();
        principal = again.principal;
        let told = batch;
        while (told === batch && !reply.raw.destroyed) {
          const entries = await entriesAfter(application.pool, principal, place);
          for (const { transaction, ...entry } of entries) {
            place = { transaction, seq: entry.seq };
            reply.raw.write(`id: ${idOf(place)}\nevent: entry\ndata: ${JSON.stringify(entry)}\n\n`);
          }
          told = entries.length;
        }
      };
      const ring = () => {
        if (queued) return;
        queued = true;
        running = running.then(tell).catch((error: unknown) => {
          request.log.error({ err: error }, 'live stream');
          reply.raw.end(); // the reader connects again, and is judged anew
        });
      };
      const off = bell.onRing(ring);
      // A transaction that was still open hides its successors for a moment; the heartbeat looks again.
      const heartbeat = setInterval(() => {
        reply.raw.write(': alive\n\n');
        ring();
      }, 5000);
      request.raw.on('close', () => {
        clearInterval(heartbeat);
        off();
      });
      return done('');
    },
  });
}
