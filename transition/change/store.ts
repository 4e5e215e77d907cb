import { inForce } from '../../core/permission/in-force.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import type { FactSource, FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { changeRecord } from './record.ts';
import type { ChangeFacts } from './facts.ts';

/** What the change's rules need to know, over $1 = provider and $2 = record. */
export const changeFacts: FactsFor<typeof changeRecord, ChangeFacts> = {
  linked: `select to_jsonb(
      exists (
        select
        from core.link l
        where l.provider_id = $1 and (l.from_id = $2 or l.to_id = $2) and l.withdrawn_at is null))`,
  releases: `select coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'state', r.state) order by r.number), '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
    where l.provider_id = $1
      and l.to_id = $2
      and l.type = 'authorisedBy'
      and l.withdrawn_at is null
      and r.type = 'release'`,
  costOverLimit: isOverLimit,
  customers: `select to_jsonb(r.customers)
    from core.record r
    where r.provider_id = $1 and r.id = $2`,
  // On the change as it reads now, and not past its last day.
  advice: async ({ client, now }, { providerId, id }) => {
    const { rows } = await client.query<ChangeFacts['advice'][number]>(
      `select distinct e.gate, e.attested_by as by
       from core.evidence e
       join core.record r on r.provider_id = e.provider_id and r.id = e.subject_id
       where e.provider_id = $1
         and e.subject_id = $2
         and e.gate in ('P4', 'P9')
         and lower(trim(e.title)) = 'advice'
         and e.subject_hash = r.content_hash
         and coalesce(e.expires_at, 'infinity') > $3
         and not e.failed
         and e.withdraws is null
         and not exists (
           select
           from core.evidence w
           where w.provider_id = e.provider_id and w.withdraws = e.id)`,
      [providerId, id, now],
    );
    return rows;
  },
  // Half-open: windows that touch do not collide.
  collisions: `select coalesce(jsonb_agg(r.ref order by r.number), '[]')
    from transition.change c
    join transition.change o on o.provider_id = c.provider_id
      and o.service = c.service
      and o.id <> c.id
      and o.state in ('scheduled', 'implementing')
      and o.window_from < c.window_to
      and c.window_from < o.window_to
    join core.record r on r.provider_id = o.provider_id and r.id = o.id
    where c.provider_id = $1 and c.id = $2`,
  // A freeze of the service or of every service, unless it lets this change through.
  freezes: `select coalesce(jsonb_agg(r.ref order by r.number), '[]')
    from transition.change c
    join transition.freeze f on f.provider_id = c.provider_id
      and f.state = 'declared'
      and (f.service is null or f.service = c.service)
      and f.freeze_from < c.window_to
      and c.window_from < f.freeze_to
    join core.record r on r.provider_id = f.provider_id and r.id = f.id
    where c.provider_id = $1
      and c.id = $2
      and not exists (
        select
        from core.link l
        where l.provider_id = c.provider_id
          and l.from_id = f.id
          and l.to_id = c.id
          and l.type = 'excepts'
          and l.withdrawn_at is null)`,
  followUps: `select coalesce(jsonb_agg(r.ref), '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id
      and r.id = case when l.from_id = $2 then l.to_id else l.from_id end
    where l.provider_id = $1
      and (l.from_id = $2 or l.to_id = $2)
      and l.withdrawn_at is null
      and r.type in ('improvement', 'problem', 'incident')`,
};

export interface Missed {
  providerId: string;
  id: string;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

/** Scheduled changes whose window is over, some at a time. */
export async function missedWindows(client: Queryable, now: string): Promise<Missed[]> {
  const { rows } = await client.query(
    `select c.provider_id as "providerId", c.id, p.scenario_now as "scenarioNow"
     from transition.change c
     join core.provider p on p.id = c.provider_id
     where c.state = 'scheduled' and c.window_to <= coalesce(p.scenario_now, $1::timestamptz)
     order by c.window_to
     limit 200`,
    [now],
  );
  return rows as Missed[]; // the select list
}

/** Whether a change costs more than any change manager in office may commit for its customers; without a limit all may be. */
export async function isOverLimit(
  { client, now }: Pick<FactSource, 'client' | 'now'>,
  {
    providerId,
    customers,
    fields: { cost },
  }: Pick<RecordOf<typeof changeRecord>, 'providerId' | 'customers' | 'fields'>,
): Promise<boolean> {
  if (!cost) return false;
  const { rows } = await client.query(
    `select not exists (
       select
       from ${inForce}
         and g.role = 'CHM'
         and (g.customer is null or g.customer = any($3::uuid[]))
         and (g.limit_minor is null or g.limit_currency = $4 and g.limit_minor >= $5)) as over`,
    [providerId, now, customers, cost.currency, cost.minor],
  );
  return (rows[0] as { over: boolean }).over; // a select without from gives a row
}
