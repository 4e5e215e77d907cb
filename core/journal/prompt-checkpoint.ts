import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { JournalBell } from './bell.ts';

/** Between an entry and the try to sign it, in milliseconds: its transaction has ended by then, as a rule. */
const pause = 1000;

interface Prompt {
  bell: JournalBell;
  clock: () => number;
  take: () => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * Takes a checkpoint within seconds where it must not wait for its minute. The first one: a machine that fails in its first
 * minute leaves something to prove with. And one behind a clock that was set back: it tells of that before the clock is right
 * again, when its entries would look dated back. Returns what stops it.
 */
export function signPromptly(pool: pg.Pool, { bell, clock, take, onError }: Prompt): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  const tryUntilTaken = async () => {
    while (!signal.aborted) {
      await wait(pause, undefined, { signal }).catch(() => undefined); // stopped
      if (signal.aborted) return;
      const { waits, newest } = await standing(pool);
      // Asked anew each time: another process may have taken it.
      if (!waits || (newest !== null && clock() >= Date.parse(newest))) return;
      await take();
    }
  };
  const look = () => {
    running ??= tryUntilTaken()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const off = bell.onRing(look);
  look();
  return async () => {
    stopping.abort();
    off();
    await running;
  };
}

/** Whether entries wait for a checkpoint, and when the newest was taken. */
async function standing(pool: pg.Pool): Promise<{ waits: boolean; newest: string | null }> {
  const { rows } = await pool.query<{ waits: boolean; newest: string | null }>(
    `select exists (
         select
         from core.journal
         where seq > coalesce(c.seq_to, 0)) as waits,
       c.at as newest
     from (select null) one
     left join (
       select at, seq_to
       from core.checkpoint
       order by seq_to desc
       limit 1) c on true`,
  );
  return rows[0] ?? { waits: false, newest: null };
}
