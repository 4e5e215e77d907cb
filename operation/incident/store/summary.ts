// Incidents of a service, by the customers who share in them: kept by what differs from what was counted of an incident before.
import type pg from 'pg';
import { inTransaction } from '../../../core/database/connect.ts';

export interface Counted {
  providerId: string;
  incidentId: string;
}

const openStates = `('new', 'assigned', 'in_progress', 'pending')`;
const nowOf = 'coalesce(p.scenario_now, $1::timestamptz)';
const mostAged = 10_000;

/** Takes in how some incidents stand now. Safe to repeat; one at a time, so that nothing is counted twice. */
export function summarise(pool: pg.Pool, incidents: readonly Counted[], now: string): Promise<void> {
  const given = 'unnest($2::uuid[], $3::uuid[]) as g (provider_id, incident_id)';
  const values = [incidents.map(({ providerId }) => providerId), incidents.map(({ incidentId }) => incidentId)];
  return inTransaction(pool, async (client) => {
    await client.query(oneAtATime);
    await client.query(takenIn(given), [now, ...values]);
    await client.query(aged, [now]);
  });
}

/** As `summarise`, of all incidents of a service: after many came at once. */
export async function summariseService(
  client: pg.ClientBase,
  { providerId, serviceId }: { providerId: string; serviceId: string },
  now: string,
): Promise<void> {
  const given =
    '(select provider_id, id as incident_id from operation.incident where provider_id = $2 and service = $3) as g';
  await client.query('begin');
  await client.query(oneAtATime);
  await client.query(takenIn(given), [now, providerId, serviceId]);
  await client.query('commit');
}

/** Incidents that were taken back are counted no longer; in the transaction in which they go. */
export async function forgetCounted(
  client: pg.ClientBase,
  { providerId, records, now }: { providerId: string; records: readonly string[]; now: string },
): Promise<void> {
  await client.query(oneAtATime);
  await client.query(forgotten, [now, providerId, records]);
}

/** Takes out what is older than thirty days: that makes no entry. */
export async function ageSummaries(pool: pg.Pool, now: string): Promise<void> {
  let taken: number;
  do {
    taken = await inTransaction(pool, async (client) => {
      await client.query(oneAtATime);
      const { rows } = await client.query<{ taken: number }>(aged, [now]);
      return rows[0]?.taken ?? 0;
    });
  } while (taken === mostAged);
}

const oneAtATime = "select pg_advisory_xact_lock(hashtext('operation.service-summary'))";

/** The row of a given key, whatever the planner thinks of the numbers. */
const rowOf = (table: string, key: string, alias: string) =>
  `cross join lateral (
     select *
     from ${table} x
     where x.provider_id = g.provider_id and x.${key} = g.incident_id
     offset 0) ${alias}`;

const takenIn = (given: string) => `with given as materialized (select provider_id, incident_id from ${given}),
    present as materialized (
      select g.provider_id,
        g.incident_id,
        i.service as service_id,
        array(select unnest(r.customers) order by 1) as customers,
        i.state in ${openStates} as open,
        coalesce(i.logged_at > ${nowOf} - interval '30 days', false) as recent,
        i.logged_at
      from given g
      join core.provider p on p.id = g.provider_id
      ${rowOf('operation.incident', 'id', 'i')}
      ${rowOf('core.record', 'id', 'r')}),
    was as materialized (select c.* from given g ${rowOf('operation.counted_incident', 'incident_id', 'c')}),
    kept as (
      insert into operation.counted_incident as c (
        provider_id, incident_id, service_id, customers, open, recent, logged_at)
      select *
      from present
      on conflict (provider_id, incident_id)
      do update set service_id = excluded.service_id,
        customers = excluded.customers,
        open = excluded.open,
        recent = excluded.recent,
        logged_at = excluded.logged_at
      where (c.service_id, c.customers, c.open, c.recent, c.logged_at) is distinct from (
        excluded.service_id, excluded.customers, excluded.open, excluded.recent, excluded.logged_at)),
    counted as (
      select provider_id, service_id, customers, open::int as open, recent::int as recent
      from present
      union all
      select provider_id, service_id, customers, -open::int, -recent::int
      from was),
    differences as (
      select provider_id, service_id, customers, sum(open)::int as open, sum(recent)::int as recent
      from counted
      where service_id is not null
      group by provider_id, service_id, customers
      having sum(open) <> 0 or sum(recent) <> 0)
  insert into handover.service_summary as s (
    provider_id, service_id, customers, open_incidents, incidents_last_30, updated_at)
  select d.provider_id, d.service_id, d.customers, d.open, d.recent, ${nowOf}
  from differences d
  join core.provider p on p.id = d.provider_id
  on conflict (provider_id, service_id, customers)
  do update set open_incidents = s.open_incidents + excluded.open_incidents,
    incidents_last_30 = s.incidents_last_30 + excluded.incidents_last_30,
    updated_at = excluded.updated_at`;

const forgotten = `with gone as (
    delete from operation.counted_incident
    where provider_id = $2 and incident_id = any($3::uuid[])
    returning provider_id, service_id, customers, open, recent),
    less as (
      select provider_id, service_id, customers, sum(open::int)::int as open, sum(recent::int)::int as recent
      from gone
      where service_id is not null
      group by provider_id, service_id, customers)
  update handover.service_summary s
  set open_incidents = s.open_incidents - l.open,
    incidents_last_30 = s.incidents_last_30 - l.recent,
    updated_at = ${nowOf}
  from less l
  join core.provider p on p.id = l.provider_id
  where s.provider_id = l.provider_id and s.service_id = l.service_id and s.customers = l.customers`;

const aged = `with old as materialized (
    select c.provider_id, c.incident_id
    from core.provider p
    cross join lateral (
      select *
      from operation.counted_incident x
      where x.provider_id = p.id and x.recent and x.logged_at <= ${nowOf} - interval '30 days'
      limit ${mostAged}) c
    limit ${mostAged}),
    taken as (
      update operation.counted_incident c
      set recent = false
      from old o
      where c.provider_id = o.provider_id and c.incident_id = o.incident_id
      returning c.provider_id, c.service_id, c.customers),
    less as (
      select provider_id, service_id, customers, count(*)::int as count
      from taken
      where service_id is not null
      group by provider_id, service_id, customers),
    summary as (
      update handover.service_summary s
      set incidents_last_30 = s.incidents_last_30 - l.count, updated_at = ${nowOf}
      from less l
      join core.provider p on p.id = l.provider_id
      where s.provider_id = l.provider_id and s.service_id = l.service_id and s.customers = l.customers)
  select count(*)::int as taken
  from old`;
