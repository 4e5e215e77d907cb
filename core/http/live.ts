import type pg from 'pg';
import { z } from 'zod';
import { startOf } from '../journal/live-entries.ts';
import { done, refusal, refuse } from '../refusal/refusal.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { JournalBell } from '../journal/bell.ts';
import { stream } from './live-stream.ts';

/** Listens for NOTIFY on a connection of its own, and takes a new one when the server drops it. */
export async function journalBell(connect: () => Promise<pg.Client>): Promise<JournalBell> {
  const listeners = new Set<() => void>();
  let closed = false;
  let client: pg.Client | undefined;
  const ring = () => {
    for (const listener of listeners) listener();
  };
  const open = async () => {
    const fresh = await connect();
    let isListening = false;
    fresh.on('notification', ring);
    // A connection that is lost says so twice, by the server's last word and by its end: it is opened again once.
    fresh.on('error', () => {
      if (isListening) setTimeout(reopen, 200);
      isListening = false;
    });
    try {
      await fresh.query('listen journal');
    } catch (error) {
      void fresh.end().catch(() => undefined); // it is gone already: why it could not listen is what counts
      throw error;
    }
    isListening = true;
    client = fresh;
    if (closed) await fresh.end();
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

/** A person with so many streams open, in tabs and programs, gets no further one. */
const streamsOfPerson = 20;

/** The live stream of what happens to records (Server-Sent Events); a reconnecting reader names the last entry it saw. */
export function liveEndpoint(bell: JournalBell): Endpoint {
  const streams = new Map<string, number>();
  const opened = (person: string, by: 1 | -1) => {
    const open = (streams.get(person) ?? 0) + by;
    if (open > 0) streams.set(person, open);
    else streams.delete(person);
  };
  return endpoint({
    method: 'GET',
    path: '/live',
    operationId: 'live.entries',
    tag: 'Records',
    status: 200,
    summary: 'Journal entries as they happen, as Server-Sent Events',
    description:
      'Keeps the connection open and sends each journal entry on a record that you may see when its transaction is committed. Begins where `Last-Event-ID` left off, or `after` the place that an answer read before bears as `x-servicewright-place`; where that is too long ago, and where more happens at once than is told one by one, an event `missed` says so: read again what you show. A person has at most 20 streams.',
    refusals: ['live.streams'],
    query: z.object({ after: z.string().optional() }),
    response: z.string(),
    handle: async ({ application, caller, query, request, reply, admitAgain, stopping }) => {
      const { id } = caller.principal;
      if ((streams.get(id) ?? 0) >= streamsOfPerson) return tooManyStreams;
      // Who left while it was judged has closed already, and tells so no more: nothing is opened that nobody would close.
      if (reply.raw.destroyed) return done('');
      opened(id, 1);
      reply.raw.on('close', () => opened(id, -1));
      const start = await startOf(application.pool, lastTold(request.headers['last-event-id']) ?? query.after);
      if (reply.raw.destroyed) return done('');
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      stream({
        pool: application.pool,
        bell,
        to: reply.raw,
        start,
        stopping,
        reader: async () => (await admitAgain())?.principal,
        failed: (error) => request.log.error({ err: error }, 'live stream'),
      });
      return done('');
    },
  });
}

const lastTold = (header: string | string[] | undefined) => (typeof header === 'string' ? header : undefined);

const tooManyStreams = refuse(
  'too_many',
  refusal(
    'live.streams',
    `You have ${streamsOfPerson} live streams open already.`,
    'Close some of your tabs or programs, and try again.',
  ),
);
