import type { Queryable } from '../../../core/record/queryable.ts';

const counted = `select s.provider_id, s.service,
    (select count(*) from operation.incident i where i.provider_id = s.provider_id and i.service = s.service and i.state in ('new', 'assigned', 'in_progress', 'pending')),
    (select count(*) from operation.incident i where i.provider_id = s.provider_id and i.service = s.service and i.logged_at > coalesce(p.scenario_now, $1::timestamptz) - interval '30 days'),
    coalesce(p.scenario_now, $1::timestamptz)
  from services s join core.provider p on p.id = s.provider_id`;
const kept = `insert into handover.service_summary (provider_id, service_id, open_incidents, incidents_last_30, updated_at) ${counted}
  on conflict (provider_id, service_id) do update set open_incidents = excluded.open_incidents, incidents_last_30 = excluded.incidents_last_30, updated_at = excluded.updated_at`;

/** Counts the incidents of the services that some incidents name, on indexes made for it; safe to repeat. */
export async function summariseServicesOf(client: Queryable, incidents: readonly string[], now: string): Promise<void> {
  await client.query(
    `with services as (select distinct provider_id, service from operation.incident where id = any($2::uuid[]) and service is not null) ${kept}`,
    [now, incidents],
  );
}

/** Counts anew where the last count is a day old: what leaves the thirty days makes no entry. */
export async function refreshSummaries(client: Queryable, now: string): Promise<void> {
  await client.query(
    `with services as (select x.provider_id, x.service_id as service from handover.service_summary x join core.provider v on v.id = x.provider_id
       where x.updated_at < coalesce(v.scenario_now, $1::timestamptz) - interval '1 day' limit 1000) ${kept}`,
    [now],
  );
}
