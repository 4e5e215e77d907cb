// What measurement keeps and does not compute: compared with what the journal tells of it.
import type { Difference } from '../../../../core/journal/fold.ts';
import type pg from 'pg';
import { nil } from './cursor.ts';

const asPeriod = (of: {
  provider: string;
  service: string;
  from: string;
  to: string;
  least: string;
  by: string;
  at: string;
}) => `concat_ws(' ', ${of.provider}, ${of.service}, ${of.from}, ${of.to}, ${of.least}, ${of.by}, ${of.at}) as key,
  ${of.service}::text as told, count(*) as value`;

/** Of the same declaration in the same instant there may be several: they are counted. */
const counted = (select: string) =>
  `select key, told, to_jsonb(sum(value)::int) as value
   from (${select}) c
   group by key, told`;

export const periodsTold = counted(
  `select ${asPeriod({ provider: 'j.provider_id', service: 'j.record_id', from: "o ->> 'from'", to: "o ->> 'to'", least: "o ->> 'minN'", by: 'j.actor_id', at: 'j.recorded_at' })}
   from core.journal j
   cross join lateral jsonb_array_elements(j.edits -> '_observed') o
   where j.record_type = 'service' and j.edits ? '_observed'
   group by j.provider_id, j.record_id, o, j.actor_id, j.recorded_at`,
);

export const periodsStanding = counted(
  `select ${asPeriod({ provider: 'p.provider_id', service: 'p.service_id', from: 'p.from_day', to: 'p.to_day', least: 'p.min_n', by: 'p.declared_by', at: 'p.declared_at' })}
   from improvement.observed_period p
   group by p.provider_id, p.service_id, p.from_day, p.to_day, p.min_n, p.declared_by, p.declared_at`,
);

/** Zones of days that no agreement on the service and no customer ever had. */
export async function strangeZones(client: pg.PoolClient): Promise<Difference[]> {
  const { rows } = await client.query<Difference>(
    `select coalesce(r.ref, z.service_id::text) as record,
       'the days of its figures are those of ' || z.zone || ', where nothing agreed and no customer says so' as what
     from improvement.zone z
     left join core.record r on r.provider_id = z.provider_id and r.id = z.service_id
     where z.zone <> 'UTC'
       and not exists (
         select
         from handover.agreement_in_force a
         where a.provider_id = z.provider_id
           and a.service_id = z.service_id
           and a.definition -> 'calendar' ->> 'zone' = z.zone)
       and not exists (
         select
         from core.journal j
         where j.provider_id = z.provider_id
           and j.record_id = z.customer_id
           and z.customer_id <> ${nil}
           and j.edits ->> 'zone' = z.zone)
     limit 100`,
  );
  return rows;
}

/** A reader that stands beyond everything written never reads what comes. */
export async function strangePlaces(client: pg.PoolClient): Promise<Difference[]> {
  const { rows } = await client.query<Difference>(
    `select c.name as record, 'reads what figures are computed from at a place that nothing has' as what
     from improvement.cursor c
     where c.transaction >= pg_snapshot_xmax(pg_current_snapshot())
       or (
         c.name = 'journal'
         and c.transaction > '0'
         and not exists (select from core.journal j where j.transaction = c.transaction and j.seq = c.place))`,
  );
  return rows;
}
