// Two pieces of work at the same moment, without a clock: the one is held up by a lock, and what comes between begins meanwhile.
import type { TestApplication } from './application.ts';

/** How many connections wait for a lock. */
async function waitingFor({ database }: TestApplication): Promise<number> {
  const { rows } = await database.ownerPool.query<{ count: number }>(
    `select count(*)::int as count
     from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

/** Begins a piece of work, and calls `between` once it waits for what `locked` holds; lets both go on, and gives both answers. */
export async function heldUp<A, B>(
  app: TestApplication,
  locked: { text: string; values: unknown[] },
  { first, between }: { first: () => Promise<A>; between: () => Promise<B> },
): Promise<[A, B]> {
  const holder = await app.database.ownerPool.connect();
  try {
    await holder.query('begin');
    await holder.query(locked);
    const one = first();
    while ((await waitingFor(app)) === 0);
    const other = between();
    const isOver = other.then(
      () => true,
      () => true,
    );
    // It either got through, or waits as well.
    while (!(await Promise.race([isOver, waitingFor(app).then((count) => count > 1)])));
    await holder.query('commit');
    return await Promise.all([one, other]);
  } finally {
    holder.release();
  }
}
