import type { Queryable } from '../../core/database/queryable.ts';

/** Whether an improvement already feeds a record of one of some types. */
export async function feedsAny(
  client: Queryable,
  provider: string,
  improvement: string,
  types: readonly string[],
): Promise<boolean> {
  const { rows } = await client.query<{ fed: boolean }>(
    `select exists (
       select
       from core.link l
       join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
       where l.provider_id = $1
         and l.from_id = $2
         and l.type = 'feeds'
         and l.withdrawn_at is null
         and r.type = any($3::text[])) as fed`,
    [provider, improvement, types],
  );
  return rows[0]?.fed ?? false;
}

/** The newest baselined design of a service, by the lineages of its versions. */
export async function baselinedDesign(
  client: Queryable,
  provider: string,
  service: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select d.id
     from core.link l
     join core.record v on v.provider_id = l.provider_id and v.id = l.from_id
     join core.record d on d.provider_id = v.provider_id
       and d.lineage_id = v.lineage_id
       and d.type = 'design-package'
       and d.state = 'baselined'
     where l.provider_id = $1 and l.to_id = $2 and l.type = 'versionOf' and l.withdrawn_at is null
     order by d.number desc
     limit 1`,
    [provider, service],
  );
  return rows[0]?.id;
}
