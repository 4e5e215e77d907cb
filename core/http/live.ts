import type pg from 'pg';
import { z } from 'zod';
import { entriesAfter, liveBatch, startOf } from '../journal/live-entries.ts';
import type { Place } from '../journal/live-entries.ts';
import { done } from '../refusal/refusal.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { JournalBell } from '../journal/bell.ts';

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
    description:
      'Keeps the connection open and sends each journal entry on a record that you may see when its transaction is committed. Begins where `Last-Event-ID` left off.',
    response: z.string(),
    handle: async ({ application, caller, request, reply, admitAgain, stopping }) => {
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
        let told = liveBatch;
        while (told === liveBatch && !reply.raw.destroyed) {
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
      const end = () => reply.raw.end();
      stopping.addEventListener('abort', end);
      request.raw.on('close', () => {
        stopping.removeEventListener('abort', end);
        clearInterval(heartbeat);
        off();
      });
      return done('');
    },
  });
}
