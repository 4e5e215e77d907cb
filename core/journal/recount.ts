// What stages keep beside records for others to read (facts, figures) is computed anew and compared: a part of `verify`.
import type pg from 'pg';
import type { Queryable } from '../database/queryable.ts';
import type { Registry } from '../record/define/work.ts';
import type { Difference } from './fold.ts';

/** One kind of what is kept, with how it is computed anew. */
export interface Recount {
  /** In words: "counts of incidents by service". */
  what: string;
  /** Runs in a transaction of its own that is rolled back: it may clear what it computes anew. */
  differences: (client: pg.PoolClient, of: { registry: Registry; now: string }) => Promise<Difference[]>;
}

const most = 100;

/**
 * Compares what stands with what it should be: two selects of `key` (text), `told` (text, for a reader) and `value` (jsonb), of
 * which each value stands for a row.
 */
export async function compared(
  client: Queryable,
  what: string,
  { expected, standing, values = [] }: { expected: string; standing: string; values?: readonly unknown[] },
): Promise<Difference[]> {
  const { rows } = await client.query(
    `with expected as (${expected}),
       standing as (${standing})
     select coalesce(e.told, s.told) as told, e.value as expected, s.value as standing
     from expected e
     full join standing s using (key)
     where e.value is distinct from s.value
     order by coalesce(e.told, s.told)
     limit ${most}`,
    [...values],
  );
  return (rows as { told: string; expected: unknown; standing: unknown }[]).map(({ told, ...row }) => ({
    record: told,
    what: inWords(what, row),
  }));
}

/** Tells where a fact stands otherwise than it is computed. */
export function inWords(what: string, { expected, standing }: { expected: unknown; standing: unknown }): string {
  if (standing === null) return `${what} is missing: computed anew it is ${JSON.stringify(expected)}`;
  if (expected === null) return `${what} stands without ground: ${JSON.stringify(standing)}`;
  return `${what} is ${JSON.stringify(standing)}; computed anew it is ${JSON.stringify(expected)}`;
}

/** What was damaged so that nothing can be computed from it is told as any other damage: the rest is still looked at. */
const unreadable = (what: string, fault: unknown): Difference => ({
  record: what,
  what: `cannot be computed anew: ${fault instanceof Error ? fault.message : String(fault)}`,
});

/** Computes everything anew, each kind in a transaction that leaves nothing behind. */
export async function recounted(
  pool: pg.Pool,
  recounts: readonly Recount[],
  of: { registry: Registry; now: string },
): Promise<Difference[]> {
  const found: Difference[] = [];
  const client = await pool.connect();
  try {
    for (const { what, differences } of recounts) {
      await client.query('begin isolation level repeatable read');
      const told = differences(client, of).catch((fault: unknown) => [unreadable(what, fault)]);
      found.push(...(await told.finally(() => client.query('rollback'))));
    }
  } finally {
    client.release();
  }
  return found;
}
