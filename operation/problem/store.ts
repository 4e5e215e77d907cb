import { nilUuid } from '../../core/record/define/id.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { scopeOf } from '../../core/permission/scope.ts';
import { headerColumns, toHeader } from '../../core/record/define/data.ts';
import type { Header } from '../../core/record/define/data.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { problemRecord } from './record.ts';
import type { ProblemFacts } from './rules.ts';

/** Incidents of one cluster within so many days are a recurrence: at least so many (model F.3, "Recurring incidents"). */
export const least = 3;
export const recurrenceDays = 30;
/** What one problem is proposed with at most; the others join as they are worked on. */
const most = 100;

/** Customers of a problem's incidents whom it does not name. */
const unnamed = `from (
    select distinct unnest(i.customers) as id
    from core.link l
    join core.record i on i.provider_id = l.provider_id and i.id = l.from_id
    where l.provider_id = $1 and l.to_id = $2 and l.type = 'causedBy' and l.withdrawn_at is null) x
  join core.record c on c.provider_id = $1 and c.id = x.id
  join core.record p on p.provider_id = $1 and p.id = $2
  where x.id <> all(p.customers)`;

/** What the rules of a problem need to know, over $1 = provider and $2 = record. */
export const problemFacts: FactsFor<typeof problemRecord, ProblemFacts> = {
  hasIncidents: `select to_jsonb(exists (
    select from core.link l
    where l.provider_id = $1 and l.to_id = $2 and l.type = 'causedBy' and l.withdrawn_at is null))`,
  hasEvidence: `select to_jsonb(exists (
    select from core.evidence e
    where e.provider_id = $1 and e.subject_id = $2 and not e.failed))`,
  fixes: `select coalesce(
      jsonb_agg(jsonb_build_object('ref', r.ref, 'type', r.type, 'state', r.state) order by r.number),
      '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1 and l.from_id = $2 and l.type = 'resolvedBy' and l.withdrawn_at is null`,
  unnamedCustomers: `select coalesce(jsonb_agg(c.title order by c.title), '[]')
    ${unnamed}`,
};

/** Whether an incident of a customer whom a problem does not name was joined to it. */
export async function hasUnnamed(
  client: Queryable,
  { providerId, id }: { providerId: string; id: string },
): Promise<boolean> {
  const { rows } = await client.query(`select ${unnamed} limit 1`, [providerId, id]);
  return rows.length > 0;
}

/** Where incidents count as the same: of a service, and of one component or category or both. */
export interface Cluster {
  providerId: string;
  service: string;
  component: string | null;
  category: string | null;
}

/** Of some incidents the one that began last, with its ISO instant. */
export async function latestOf(
  client: Queryable,
  providerId: string,
  ids: readonly string[],
): Promise<{ ref: string; began: string }> {
  const { rows } = await client.query(
    `select r.ref, coalesce(i.impact_start_at, i.logged_at, r.created_at) as began
     from operation.incident i
     join core.record r on r.provider_id = i.provider_id and r.id = i.id
     where i.provider_id = $1
       and i.id = any($2::uuid[])
     order by began desc, i.id
     limit 1`,
    [providerId, ids],
  );
  const [last] = rows as { ref: string; began: string }[]; // the select list
  if (!last) throw new Error(`${ids.join(', ')} were incidents a moment ago`);
  return last;
}

/** Of some incidents of a provider those that are recent and that no problem was ever named for, by cluster. A link that was withdrawn is a person's word. */
export async function recurring(
  client: Queryable,
  { providerId, ids, now }: { providerId: string; ids: readonly string[]; now: string },
): Promise<(Cluster & { incidents: string[]; scenarioNow: string | null })[]> {
  const { rows } = await client.query(
    `select i.provider_id as "providerId",
       i.service,
       i.component,
       i.category,
       p.scenario_now as "scenarioNow",
       array_agg(i.id order by i.logged_at, i.id) as incidents
     from operation.incident i
     join core.provider p on p.id = i.provider_id
     where i.provider_id = $1
       and i.id = any($2::uuid[])
       and i.service is not null
       and (i.component is not null or i.category is not null)
       and i.state <> 'cancelled'
       and i.logged_at > coalesce(p.scenario_now, $3::timestamptz) - interval '${recurrenceDays} days'
       and ${neverNamed}
     group by i.provider_id, i.service, i.component, i.category, p.scenario_now`,
    [providerId, ids, now],
  );
  return rows as (Cluster & { incidents: string[]; scenarioNow: string | null })[]; // the select list
}

/** Looked up incident by incident (`limit 1` sees to it), those that stand and those withdrawn each on its index: links are many. */
const neverNamed = ['is null', 'is not null']
  .map(
    (withdrawn) => `(
        select true
        from core.link l
        where l.provider_id = i.provider_id
          and l.from_id = i.id
          and l.type = 'causedBy'
          and l.withdrawn_at ${withdrawn}
        limit 1) is null`,
  )
  .join(' and ');

/** The recent incidents of a cluster that no problem was ever named for, newest first, a hundred at most. */
export async function unlinkedLike(client: Queryable, cluster: Cluster, now: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select i.id
     from operation.incident i
     where ${inCluster('i')}
       and i.logged_at > $5::timestamptz - interval '${recurrenceDays} days'
       and i.state <> 'cancelled'
       and ${neverNamed}
     order by i.logged_at desc
     limit ${most}`,
    [...valuesOf(cluster), now],
  );
  return rows.map(({ id }) => id);
}

/** The problem that stands for a cluster: one that is still open, or resolved and watched. */
export async function openProblemOf(client: Queryable, cluster: Cluster): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select b.id
     from operation.problem b
     where ${inCluster('b')}
       and b.state not in ('closed', 'cancelled')
     order by b.id
     limit 1`,
    valuesOf(cluster),
  );
  return rows[0]?.id;
}

const inCluster = (alias: string) => `${alias}.provider_id = $1
       and ${alias}.service = $2
       and coalesce(${alias}.component, '${nilUuid}') = coalesce($3::uuid, '${nilUuid}')
       and coalesce(${alias}.category, '') = coalesce($4, '')`;
const valuesOf = ({ providerId, service, component, category }: Cluster) => [providerId, service, component, category];

/** Makes detections of one cluster wait for each other until the transaction ends. */
export async function lockCluster(client: Queryable, cluster: Cluster): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [valuesOf(cluster).join(' ')]);
}

/** What a cluster is called. */
export async function clusterIn(
  client: Queryable,
  { providerId, service, component }: Cluster,
): Promise<{ service: string; component: string | null }> {
  const { rows } = await client.query(
    `select s.title as service, c.title as component
     from core.record s
     left join core.record c on c.provider_id = s.provider_id and c.id = $3
     where s.provider_id = $1
       and s.id = $2`,
    [providerId, service, component],
  );
  const [found] = rows as { service: string; component: string | null }[]; // the select list
  if (!found) throw new Error(`an incident names the service ${service}, which is gone`);
  return found;
}

/** Accepted problems whose review has come, by the clock of their provider. */
export async function reviewsDue(client: Queryable, now: string): Promise<{ providerId: string; id: string }[]> {
  const { rows } = await client.query(
    `select b.provider_id as "providerId", b.id
     from operation.problem b
     join core.provider p on p.id = b.provider_id
     where b.state = 'accepted_unresolved'
       and b.review_at <= coalesce(p.scenario_now, $1::timestamptz)::date
     order by b.review_at
     limit 500`,
    [now],
  );
  return rows as { providerId: string; id: string }[]; // the select list
}

const shown = 10;

/** The incidents of a problem that somebody may see: how many, and the newest. */
export async function incidentsOf(
  client: Queryable,
  principal: Principal,
  id: string,
): Promise<{ count: number; newest: Header[] }> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query(
    `select ${headerColumns}, count(*) over ()::int as count
     from core.link l
     join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
     where l.to_id = $1
       and l.type = 'causedBy'
       and l.withdrawn_at is null
       and l.provider_id = $2
       and ${scope.sql}
     order by r.number desc
     limit ${shown}`,
    [id, ...scope.values],
  );
  const found = rows as (Header & { count: number })[]; // the select list
  return { count: found[0]?.count ?? 0, newest: found.map(toHeader) };
}
