import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { inNumberedTransaction } from '../../database/connect.ts';
import { writesNothing } from '../../permission/ended.ts';
import type { Caller } from '../../permission/principal.ts';
import { refusable, stop } from '../../refusal/refusal.ts';
import type { Outcome } from '../../refusal/refusal.ts';
import { duplicate } from './duplicate.ts';
import { writeEntries } from './entries.ts';
import { once } from './idempotency.ts';
import { rememberRefusal } from './refusal-stream.ts';
import { nowOf } from '../define/work.ts';
import type { Application, Work } from '../define/work.ts';

/** What is being attempted; goes to the refusal stream when the answer is no. */
export interface Attempt {
  command: string;
  type?: string;
  id?: string;
}

/** The result of an act that may be repeated under one idempotency key: a repetition gives the id again, without the data. */
export interface Done<T> {
  id: string;
  data?: T;
}

/**
 * Runs work in one transaction. A refusal rolls everything back and is kept in the refusal stream.
 * Under the caller's idempotency key it runs once; a repetition answers with the first result's id.
 * @throws what the work throws (a bug)
 */
export async function act<T>(
  application: Application,
  caller: Caller,
  attempt: Attempt,
  run: (work: Work) => Promise<Done<T>>,
): Promise<Outcome<Done<T>>> {
  const barred = writesNothing(caller.principal);
  if (barred) return barred;
  await ensureMonth(application, nowOf(application, caller));
  const outcome = await refusable(() =>
    againAfterDeadlock(() =>
      inNumberedTransaction(application.pool, async (client) => {
        const now = await instantOf(application, caller);
        return once(client, caller, now, () =>
          told({ application, client, caller, now, cause: randomUUIDv7(), entries: new Map() }, run),
        );
      }),
    ).catch((error: unknown) => {
      const twice = duplicate(error);
      if (twice) stop(twice);
      throw error;
    }),
  );
  if (!outcome.ok) await rememberRefusal(application, caller, attempt, outcome);
  return outcome;
}

/** The instant of what is told in a transaction that has its number; a clock that jumped may have come to another month. */
export async function instantOf(application: Application, caller: Caller): Promise<string> {
  const now = nowOf(application, caller);
  await ensureMonth(application, now);
  return now;
}

/** Runs the act, then writes what it told. */
async function told<T>(work: Work, run: (work: Work) => Promise<T>): Promise<T> {
  const result = await run(work);
  await work.application.registry.watch?.(work);
  await writeEntries(work);
  return result;
}

/**
 * Two pieces of work that waited for each other: the database ended one, which left nothing behind, so it is run again.
 * 40P01 is PostgreSQL's deadlock_detected.
 */
export async function againAfterDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === '40P01';
      if (!isDeadlock || attempt === 3) throw error;
    }
  }
}

const months = new WeakMap<pg.Pool, Set<string>>();

/** The journal has a partition a month; a process asks for each once. */
export async function ensureMonth(application: Application, instant: string): Promise<void> {
  const known = months.get(application.pool) ?? new Set();
  months.set(application.pool, known);
  const month = instant.slice(0, 7);
  if (known.has(month)) return;
  await application.pool.query('select core.ensure_journal_month($1)', [instant]);
  known.add(month);
}
