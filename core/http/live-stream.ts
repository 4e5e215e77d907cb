// One reader of the live stream: told no faster than it reads, and never more at once than is worth telling one by one.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type pg from 'pg';
import type { JournalBell } from '../journal/bell.ts';
import { entriesAfter, liveBatch, placeNow, placeText } from '../journal/live-entries.ts';
import type { Place, Start } from '../journal/live-entries.ts';
import type { Principal } from '../permission/principal.ts';

export interface Streamed {
  pool: pg.Pool;
  bell: JournalBell;
  to: ServerResponse;
  start: Start;
  stopping: AbortSignal;
  /** Who reads, judged anew; undefined once the credential is worth nothing any more. */
  reader: () => Promise<Principal | undefined>;
  failed: (error: unknown) => void;
}

/** So many batches are told one after the other; a reader who is further behind is told to read again instead. */
const batchesAtOnce = 5;
const missed = 'event: missed\ndata: {}\n\n';

const at = ({ transaction, seq }: Place): string => `id: ${placeText(transaction, seq)}\n`;

/** Tells the reader entries until one of the two sides ends it. */
export function stream({ pool, bell, to, start, stopping, reader, failed }: Streamed): void {
  let { place } = start;
  to.write(`retry: 2000\n${at(place)}event: ready\ndata: {}\n\n${start.missed ? missed : ''}`);
  let running: Promise<void> = Promise.resolve();
  let queued = false;

  const tell = async () => {
    queued = false;
    for (let batch = 0; ; batch++) {
      // Rights end while a stream is open, keys are revoked, sessions end: judged anew before anything is told.
      const principal = await reader();
      if (!principal) return void to.end();
      if (batch === batchesAtOnce) {
        place = await placeNow(pool);
        return void (await written(to, at(place) + missed));
      }
      const until = await placeNow(pool);
      const entries = await entriesAfter(pool, principal, { place, until });
      const last = entries.at(-1);
      // What others wrote is read once: from here on the reader looks behind it, also where nothing of it was the reader's.
      if (entries.length < liveBatch || !last) place = until;
      else place = { transaction: last.transaction, seq: last.seq };
      if (!last) return;
      const told = entries.map(
        ({ transaction, ...entry }) =>
          `${at({ transaction, seq: entry.seq })}event: entry\ndata: ${JSON.stringify(entry)}\n\n`,
      );
      if (!(await written(to, told.join(''))) || entries.length < liveBatch) return;
    }
  };
  const ring = () => {
    if (queued) return;
    queued = true;
    running = running.then(tell).catch((error: unknown) => {
      failed(error);
      to.end(); // the reader connects again, and is judged anew
    });
  };
  const off = bell.onRing(ring);
  ring();
  // A transaction that was still open hides its successors for a moment; the heartbeat looks again. Whoever does not read gets
  // none: its connection is silent then, and the server ends silent connections.
  const heartbeat = setInterval(() => {
    if (to.writableNeedDrain) return;
    to.write(`${at(place)}: alive\n\n`);
    ring();
  }, 5000);
  const end = () => (to.writableNeedDrain ? to.destroy() : to.end());
  stopping.addEventListener('abort', end);
  to.on('close', () => {
    stopping.removeEventListener('abort', end);
    clearInterval(heartbeat);
    off();
  });
}

/** Writes, and waits until the reader has room again. Whether it is there still. */
async function written(to: ServerResponse, text: string): Promise<boolean> {
  if (to.destroyed || to.writableEnded) return false;
  if (to.write(text)) return true;
  const gone = new AbortController();
  const left = () => gone.abort();
  to.once('close', left);
  await once(to, 'drain', { signal: gone.signal }).catch(() => undefined); // it has gone
  to.off('close', left);
  return !to.destroyed && !to.writableEnded;
}
