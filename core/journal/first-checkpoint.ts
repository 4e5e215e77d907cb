import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { JournalBell } from './bell.ts';

/** Between an entry and the try to sign it, in milliseconds: its transaction has ended by then, as a rule. */
const pause = 1000;

/**
 * Takes the first checkpoint within seconds of the first entry, when its time by the clock is up to a minute away: a machine
 * that fails in its first minute leaves something to prove with. Returns what stops it.
 */
export function takeFirst(
  pool: pg.Pool,
  { bell, take, onError }: { bell: JournalBell; take: () => Promise<void>; onError: (error: unknown) => void },
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  const tryUntilTaken = async () => {
    while (!signal.aborted) {
      await wait(pause, undefined, { signal }).catch(() => undefined); // stopped
      if (signal.aborted) return;
      const { entries, taken } = await standing(pool);
      if (taken) {
        off();
        return;
      }
      if (!entries) return;
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

async function standing(pool: pg.Pool): Promise<{ entries: boolean; taken: boolean }> {
  const { rows } = await pool.query<{ entries: boolean; taken: boolean }>(
    'select exists (select from core.journal) as entries, exists (select from core.checkpoint) as taken',
  );
  return rows[0] ?? { entries: false, taken: false };
}
