// What a walk never comes to, read from the database by statements and hashes of the oracle's own: none of the program's rules,
// stores or hash functions is asked. Only what the program says of itself (which decisions count, the orphan report) comes by its API.
import type pg from 'pg';
import { alteredPromises, promises } from './promises.ts';
import { unmarkedOrphans } from './orphaned.ts';
import { cutByHand, undecidedMoves, unfoundedDecisions } from './decided.ts';
import type { Rights } from './decided.ts';
import type { Checked, Watched } from './watched.ts';

export interface Oracle {
  /** What is wrong now, of what was altered since it was last asked. */
  look: () => Promise<string[]>;
  /** The same of everything. */
  lookAtAll: () => Promise<string[]>;
  checked: Checked;
}

export async function oracleOf(watched: Watched): Promise<Oracle> {
  const { pool } = watched;
  const checked = { decisions: 0, services: 0, targets: 0 };
  let seen = await lastEntry(pool);
  const promised = await promises(pool);
  const rights: Rights = new Map();
  const look = async (altered: readonly string[] | null): Promise<string[]> => {
    const faults = [
      ...(await alteredPromises(pool, promised, checked)),
      ...(await unmarkedOrphans(watched, checked)),
      ...(await unfoundedDecisions(watched, altered, checked, rights)),
    ];
    return faults;
  };
  return {
    checked,
    look: async () => {
      const { rows } = await pool.query<{ id: string }>(
        'select distinct record_id as id from core.journal where seq > $1',
        [seen],
      );
      if (rows.length === 0) return [];
      const faults = [
        ...(await undecidedMoves(watched, seen)),
        ...(await cutByHand(watched, seen)),
        ...(await look(rows.map(({ id }) => id))),
      ];
      seen = await lastEntry(pool);
      return faults;
    },
    lookAtAll: () => look(null),
  };
}

const lastEntry = async (pool: pg.Pool): Promise<number> =>
  (await pool.query<{ seq: number }>('select coalesce(max(seq), 0)::int8 as seq from core.journal')).rows[0]?.seq ?? 0;
