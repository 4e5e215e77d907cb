import type { Queryable } from '../../core/database/queryable.ts';
import type { Scope } from '../measurement/index.ts';
import type { Bucket } from './pareto.ts';

export interface Misses {
  n: number;
  misses: number;
  reassignments: number;
  buckets: Bucket[];
}

const dimensions = `(values ('handovers', case when f.reassignments >= 2 then '2+' else f.reassignments::text end), ('waiting', case when f.waited_minutes > 0 then 'yes' else 'no' end),
  ('category', f.category), ('team', f.team_id::text), ('priority', f.priority)) as v (dimension, value)`;

/** Of a service's incidents restored in a stretch of days, with a target: how many missed it, by each trait. */
export async function missesOf(
  client: Queryable,
  { providerId, serviceId }: Pick<Scope, 'providerId' | 'serviceId'>,
  { from, to }: { from: string; to: string },
): Promise<Misses> {
  const { rows } = await client.query(
    `with f as materialized (
       select f.*
       from improvement.incident_day d
       join core.case_fact f on f.provider_id = d.provider_id and f.record_id = d.record_id
       where d.provider_id = $1
         and d.restored_day >= $3
         and d.restored_day <= $4
         and f.service_id = $2
         and f.missed is not null)
     select t.n,
       t.misses,
       t.reassignments,
       coalesce(
         (
           select jsonb_agg(b)
           from (
             select v.dimension, v.value, count(*) as n, count(*) filter (where f.missed) as misses
             from f
             cross join lateral ${dimensions}
             where v.value is not null
             group by 1, 2
             order by 4 desc
             limit 500) b),
         '[]') as buckets
     from (
       select count(*) as n,
         count(*) filter (where missed) as misses,
         coalesce(sum(reassignments), 0)::int as reassignments
       from f) t`,
    [providerId, serviceId, from, to],
  );
  return rows[0] as Misses; // an aggregate has one row, of this select list
}

/** What a record is called. */
export async function titleOf(client: Queryable, provider: string, id: string): Promise<string | null> {
  const { rows } = await client.query<{ title: string }>(
    'select title from core.record where provider_id = $1 and id = $2',
    [provider, id],
  );
  return rows[0]?.title ?? null;
}

/** Every service that has figures, with the clock of its provider. */
export async function measuredServices(
  client: Queryable,
): Promise<{ providerId: string; serviceId: string; scenarioNow: string | null }[]> {
  const { rows } = await client.query(
    `select distinct z.provider_id as "providerId",
       z.service_id as "serviceId",
       v.scenario_now as "scenarioNow"
     from improvement.zone z
     join core.provider v on v.id = z.provider_id
     order by 1, 2`,
  );
  return rows as { providerId: string; serviceId: string; scenarioNow: string | null }[]; // the select list
}
