import type { Queryable } from '../../../core/record/queryable.ts';
import { incidentFactColumns, incidentFactValues } from '../../../handover/facts/incident-fact.ts';
import type { IncidentFact } from '../../../handover/facts/incident-fact.ts';
import type { Minutes } from '../minutes.ts';

/** What the record itself says of an incident's fact; the clock's minutes are added by who computes them. */
export interface IncidentCourse extends Omit<IncidentFact, keyof Minutes> {
  providerId: string;
}

/**
 * Of some incidents, what their fact takes from the record and its journal: whoever wrote of it before service was restored for
 * good touched it, the system that counts anew did not.
 */
export async function coursesOf(client: Queryable, ids: readonly string[]): Promise<IncidentCourse[]> {
  const { rows } = await client.query(
    `select t.provider_id as "providerId", t.id as "incidentId", t.service as "serviceId", r.customers[1] as "customerId", t.state, t.priority, t.category, t.team as "teamId",
       coalesce(t.logged_at, r.created_at) as "openedAt", case when t.state in ${restored} then coalesce(t.service_restored_at, t.resolved_at) end as "restoredAt",
       case when t.state = 'closed' then j.closed_at end as "closedAt", coalesce(t.reassignment_count, 0) as reassignments, coalesce(t.reopen_count, 0) as reopens,
       case when t.state in ${restored} then j.until_restored else j.entries end as entries
     from operation.incident t
     join core.record r on r.provider_id = t.provider_id and r.id = t.id
     cross join lateral (
       select count(*) filter (where x.touches)::int as entries,
         count(*) filter (where x.touches and x.seq <= x.last_restoring)::int as until_restored,
         max(x.at) filter (where x.to_state = 'closed') as closed_at
       from (
         select e.seq, e.to_state, e.kind not in ('linked', 'recounted', 'erased') as touches,
           case when e.kind = 'observed' then e.occurred_at else e.recorded_at end as at,
           max(e.seq) filter (where e.to_state in ${restored} and coalesce(e.from_state, '') not in ${restored}) over () as last_restoring
         from core.journal e
         where e.provider_id = t.provider_id and e.record_id = t.id) x) j
     where t.id = any($1::uuid[])`,
    [ids],
  );
  return rows as IncidentCourse[]; // the select list is IncidentCourse
}

const restored = "('resolved', 'closed')";

const places = incidentFactColumns
  .split(', ')
  .map((_, index) => `$${index + 1}`)
  .join(', ');
const kept = ['restore_minutes', 'target_minutes', 'waited_minutes', 'breached'];
const sets = incidentFactColumns
  .split(', ')
  .slice(2)
  .map((column) => {
    // An incident whose history was observed has no clock of ours: what its import measured stands while it stays restored.
    if (!kept.includes(column)) return `${column} = excluded.${column}`;
    return `${column} = case when $${incidentFactColumns.split(', ').length + 1}::boolean or excluded.restored_at is null then excluded.${column} else f.${column} end`;
  })
  .join(', ');

/** Writes a fact over the one before, as the newest edit. `measured`: it had a restore clock. */
export async function keepFact(
  client: Queryable,
  providerId: string,
  { fact, measured }: { fact: IncidentFact; measured: boolean },
): Promise<void> {
  await client.query({
    name: 'keep an incident fact',
    text: `insert into handover.incident_fact as f (${incidentFactColumns}) values (${places})
     on conflict (provider_id, incident_id) do update set ${sets}, edit = nextval('handover.incident_fact_edit'), transaction = pg_current_xact_id()`,
    values: [...incidentFactValues(providerId, fact), measured],
  });
}
