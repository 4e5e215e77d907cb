import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { JournalBell } from './bell.ts';
import { leniencyMs } from './leniency.ts';

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
 * minute leaves something to prove with. And one behind a clock that was set back, over all that was written before: it tells of
 * that before the clock is right again, when what follows would look dated back. Returns what stops it.
 */
export function signPromptly(pool: pg.Pool, { bell, clock, take, onError }: Prompt): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  const tryUntilTaken = async () => {
    while (!signal.aborted) {
      await wait(pause, undefined, { signal }).catch(() => undefined); // stopped
      if (signal.aborted) return;
      // Asked anew each time: another process may have taken it, or this one a part, because some transaction was open.
      if (!(await presses(pool, new Date(clock()).toISOString()))) return;
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

/** How many of the entries that wait are looked at: what was written before a clock was set back stands first among them. */
const looked = 1000;

/** Whether entries wait, and no checkpoint was taken yet, or the last one or what waits is of a later instant than the clock's. */
async function presses(pool: pg.Pool, now: string): Promise<boolean> {
  const { rows } = await pool.query<{ waits: boolean; presses: boolean }>(
    `select count(*) > 0 as waits,
       coalesce(max(c.at) > $1::timestamptz or max(w."recordedAt") > $2::timestamptz, max(c.at) is null) as presses
     from (
       select j.seq, case when v.example then null else j.recorded_at end as "recordedAt"
       from core.journal j
       join core.provider v on v.id = j.provider_id
       where j.seq > coalesce((select max(seq_to) from core.checkpoint), 0)
       order by j.seq
       limit ${looked}) w
     left join lateral (
       select at
       from core.checkpoint
       order by seq_to desc
       limit 1) c on true`,
    [now, new Date(Date.parse(now) + leniencyMs).toISOString()],
  );
  return rows[0]?.waits === true && rows[0].presses;
}
