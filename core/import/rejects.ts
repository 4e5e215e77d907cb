// Rows that an import did not take, by line and reason.
import type pg from 'pg';
import type { Queryable } from '../database/queryable.ts';
import type { Reject } from './read.ts';
import type { RunOf } from './store.ts';

/** So many are kept by line and reason; beyond, they are counted. */
export const mostRejects = 10_000;

export async function keepRejects(
  client: pg.ClientBase,
  { providerId, run }: RunOf,
  rejects: readonly Reject[],
): Promise<void> {
  if (!rejects.length) return;
  await client.query(
    `insert into core.import_reject (provider_id, run_id, line, key, reason)
     select $1, $2, x.line, x.key, x.reason
     from unnest($3::bigint[], $4::text[], $5::text[]) as x (line, key, reason)
     where (select count(*) from core.import_reject where provider_id = $1 and run_id = $2) < ${mostRejects}
     on conflict do nothing`,
    [
      providerId,
      run,
      rejects.map(({ line }) => line),
      rejects.map(({ key }) => key),
      rejects.map(({ reason }) => reason),
    ],
  );
}

/** What was rejected of a run, by line. */
export async function rejectsAfter(
  client: Queryable,
  { providerId, run }: RunOf,
  { after, limit }: { after: number; limit: number },
): Promise<Reject[]> {
  const { rows } = await client.query(
    `select line, key, reason
     from core.import_reject
     where provider_id = $1
       and run_id = $2
       and line > $3
     order by line
     limit $4`,
    [providerId, run, after, limit],
  );
  return rows as Reject[]; // the select list
}
