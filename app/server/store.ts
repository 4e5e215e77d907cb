import type pg from 'pg';
import type { Queryable } from '../../core/database/queryable.ts';

export async function providerOf(
  client: Queryable,
  id: string,
): Promise<{ name: string; scenarioNow: string | null; example: boolean }> {
  const { rows } = await client.query({
    text: 'select name, example, scenario_now as "scenarioNow" from core.provider where id = $1',
    values: [id],
  });
  const found = rows[0] as { name: string; scenarioNow: string | null; example: boolean } | undefined;
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

export async function providers(
  client: Queryable,
): Promise<{ id: string; name: string; example: boolean; scenarioNow: string | null }[]> {
  const { rows } = await client.query(
    'select id, name, example, scenario_now as "scenarioNow" from core.provider order by created_at',
  );
  return rows as { id: string; name: string; example: boolean; scenarioNow: string | null }[]; // the select list
}

export async function createProvider(
  client: Queryable,
  provider: { id: string; name: string; kind: string; example: boolean; scenarioNow: string | null; now: string },
): Promise<void> {
  await client.query({
    text: `insert into core.provider (id, name, kind, example, scenario_now, created_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [provider.id, provider.name, provider.kind, provider.example, provider.scenarioNow, provider.now],
  });
}

/** Moves an example provider's scenario clock, forwards only. False when it does not stand before the instant. */
export async function advanceScenario(pool: pg.Pool, id: string, instant: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update core.provider set scenario_now = $2 where id = $1 and example and scenario_now <= $2',
    [id, instant],
  );
  return rowCount === 1;
}

export async function databaseVersion(client: Queryable): Promise<string> {
  const { rows } = await client.query('select version() as version');
  return (rows[0] as { version: string }).version.split(' ').slice(0, 2).join(' ');
}

/** True while nobody has claimed the installation: no provider exists. */
export async function isEmpty(client: Queryable): Promise<boolean> {
  const { rows } = await client.query('select not exists (select from core.provider where not example) as empty');
  return (rows[0] as { empty: boolean }).empty;
}

/** The name of the keys that the processes of this installation work with: those of the first, or `own` where they are adopted. */
export async function keysOfInstallation(owner: Queryable, own: string, adopt: boolean): Promise<string> {
  const { rows } = await owner.query(
    `insert into core.installation (keys)
     values ($1)
     on conflict (one)
     do update set keys = case when $2 then excluded.keys else installation.keys end
     returning keys`,
    [own, adopt],
  );
  return (rows[0] as { keys: string }).keys;
}

/** The name of the keys of this installation; undefined while no process has said it. */
export async function standingKeys(client: Queryable): Promise<string | undefined> {
  const { rows } = await client.query('select keys from core.installation');
  return (rows[0] as { keys: string } | undefined)?.keys;
}
