import type pg from 'pg';
import { compared } from '../../../core/journal/recount.ts';
import type { Recount } from '../../../core/journal/recount.ts';
import { followFacts, followJournal } from './store/follow.ts';
import { clearFigures, groundRows, grounds, keepFigures, keptFigures, standingFigures } from './store/recount.ts';
import { periodsStanding, periodsTold, strangePlaces, strangeZones } from './store/strange.ts';
import { recomputeNext } from './store/recompute.ts';
import { backMovesOf } from './roll-up.ts';

/**
 * Every figure anew: all that measurement keeps is cleared, read again from facts and journal, and computed. The transaction is
 * rolled back; while it lasts no other process computes figures.
 */
export const figuresRecount: Recount = {
  what: 'figures of all metrics',
  differences: async (client, { registry, now }) => {
    const backMoves = backMovesOf(registry);
    const lost = await strangePlaces(client);
    await keepFigures(client);
    await clearFigures(client);
    const pool = within(client);
    while (await followFacts(pool));
    while (await followJournal(pool, backMoves));
    while (await recomputeNext(pool, now));
    const found = await compared(client, 'a figure', { expected: standingFigures, standing: keptFigures });
    for (const ground of grounds) {
      const [expected, standing] = [groundRows(ground, 'improvement.'), groundRows(ground, 'kept_')];
      found.push(...(await compared(client, ground.what, { expected, standing })));
    }
    return [...lost, ...found];
  },
};

/** What days were declared as observed, by the journals of the services. */
export const observedRecount: Recount = {
  what: 'observed periods',
  differences: async (client) => [
    ...(await compared(client, 'an observed period', { expected: periodsTold, standing: periodsStanding })),
    ...(await strangeZones(client)),
  ],
};

/** The client of one transaction as a pool, whose transactions are savepoints of that one. */
function within(client: pg.PoolClient): pg.Pool {
  const steps: Readonly<Record<string, string>> = {
    begin: 'savepoint part',
    commit: 'release savepoint part',
    rollback: 'rollback to savepoint part',
  };
  const query = (text: string, values?: unknown[]) => client.query(steps[text] ?? text, values);
  const lent = { query, release: () => undefined };
  return { query, connect: () => Promise.resolve(lent) } as unknown as pg.Pool; // what a transaction needs of a pool
}
