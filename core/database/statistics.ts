import type pg from 'pg';

/** Refreshes the planner's statistics of tables that many rows came to at once: the next query must not plan for an empty table. */
export async function refreshStatistics(
  client: Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>,
  tables: readonly string[],
): Promise<void> {
  await client.query({ text: 'select core.refresh_statistics($1)', values: [tables] });
}
