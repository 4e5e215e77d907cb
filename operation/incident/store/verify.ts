// What stands in Operation's tables beside an incident, in the shape in which journal entries tell it.
import { compared } from '../../../core/journal/recount.ts';
import type { Recount } from '../../../core/journal/recount.ts';

/** Counts of incidents by service and customers, as everybody reads them. */
const serviceSummaries: Recount = {
  what: 'counts of incidents by service',
  differences: (client) =>
    compared(client, 'the count of its incidents', {
      expected: `select i.service || ' ' || c.customers::text as key,
          min(s.ref) as told,
          jsonb_build_object(
            'open', count(*) filter (where i.state in ('new', 'assigned', 'in_progress', 'pending')),
            'recent', count(*) filter (where k.recent)) as value
        from operation.incident i
        join core.record r on r.provider_id = i.provider_id and r.id = i.id
        cross join lateral (select array(select unnest(r.customers) order by 1) as customers) c
        join core.record s on s.provider_id = i.provider_id and s.id = i.service
        left join operation.counted_incident k on k.provider_id = i.provider_id and k.incident_id = i.id
        group by i.provider_id, i.service, c.customers
        having count(*) filter (where i.state in ('new', 'assigned', 'in_progress', 'pending')) > 0
          or count(*) filter (where k.recent) > 0`,
      standing: `select x.service_id || ' ' || x.customers::text as key,
          s.ref as told,
          jsonb_build_object('open', x.open_incidents, 'recent', x.incidents_last_30) as value
        from handover.service_summary x
        join core.record s on s.provider_id = x.provider_id and s.id = x.service_id
        where x.open_incidents <> 0 or x.incidents_last_30 <> 0`,
    }),
};

/** What was counted of each incident: its next count is by the difference. */
const countedIncidents: Recount = {
  what: 'what was counted of incidents',
  differences: (client) =>
    compared(client, 'what was counted of it', {
      expected: `select i.id::text as key, r.ref as told,
          jsonb_build_object('service', i.service, 'customers', array(select unnest(r.customers) order by 1),
            'open', i.state in ('new', 'assigned', 'in_progress', 'pending'), 'logged', i.logged_at) as value
        from operation.incident i
        join core.record r on r.provider_id = i.provider_id and r.id = i.id`,
      standing: `select k.incident_id::text as key,
          coalesce(r.ref, k.incident_id::text) as told,
          jsonb_build_object(
            'service', k.service_id, 'customers', k.customers, 'open', k.open, 'logged', k.logged_at) as value
        from operation.counted_incident k
        left join core.record r on r.provider_id = k.provider_id and r.id = k.incident_id`,
    }),
};

export const incidentRecounts: readonly Recount[] = [serviceSummaries, countedIncidents];
