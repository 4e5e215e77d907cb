import type { FactsFor } from '../../../core/record/define/fact.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import type { versionRecord } from '../record/service-version.ts';
import type { serviceRecord } from '../record/service.ts';
import type { ServiceFacts, VersionFacts } from '../rules.ts';
import type { VersionState } from '../lifecycle/service-version.ts';

/** What a version's rules need to know; all customers' open incidents count, and only while no other version of the service is live. */
export const versionFacts: FactsFor<typeof versionRecord, VersionFacts> = {
  running: `select jsonb_build_object(
      'agreements', coalesce(
        (
          select jsonb_agg(r.ref order by r.number)
          from strategy.service_version v
          join handover.agreement_in_force a on a.provider_id = v.provider_id and a.service_id = v.service
          join core.record r on r.provider_id = a.provider_id and r.id = a.agreement_id
          where v.provider_id = $1
            and v.id = $2
            and a.version = (
              select max(b.version)
              from handover.agreement_in_force b
              where b.provider_id = a.provider_id and b.agreement_id = a.agreement_id)
            and r.state in ('in_force', 'under_review')
            and not exists (
              select
              from strategy.service_version o
              where o.provider_id = $1
                and o.service = v.service
                and o.id <> v.id
                and o.state in ('live', 'live_els', 'live_restricted'))),
        '[]'),
      'components', coalesce(
        (
          select jsonb_agg(distinct c.ref)
          from core.link d
          join core.link x on x.provider_id = d.provider_id
            and x.from_id = d.from_id
            and x.type = 'contains'
            and x.withdrawn_at is null
          join core.record c on c.provider_id = x.provider_id and c.id = x.to_id
          where d.provider_id = $1
            and d.to_id = $2
            and d.type = 'delivers'
            and d.withdrawn_at is null
            and c.state in ('in_service', 'deprecated')
            and not exists (
              select
              from core.link y
              join core.link e on e.provider_id = y.provider_id
                and e.from_id = y.from_id
                and e.type = 'delivers'
                and e.withdrawn_at is null
                and e.to_id <> $2
              join core.record o on o.provider_id = e.provider_id and o.id = e.to_id
              where y.provider_id = $1
                and y.to_id = c.id
                and y.type = 'contains'
                and y.withdrawn_at is null
                and o.state in ('live', 'live_els', 'live_restricted'))),
        '[]'))`,
  remaining: `select jsonb_build_object(
      'incidents', coalesce(
        (
          select sum(s.open_incidents)
          from handover.service_summary s
          join strategy.service_version v on v.provider_id = s.provider_id and v.service = s.service_id
          where v.provider_id = $1
            and v.id = $2
            and not exists (
              select
              from strategy.service_version o
              where o.provider_id = $1
                and o.service = v.service
                and o.id <> v.id
                and o.state in ('live', 'live_els', 'live_restricted'))),
        0),
      'subscriptions', coalesce(
        (
          select jsonb_agg(r.ref order by r.number)
          from strategy.subscription u
          join core.record r on r.provider_id = u.provider_id and r.id = u.id
          where u.provider_id = $1 and u.service_version = $2 and u.state <> 'ended'),
        '[]'))`,
};

/** What a service's rules need to know; all customers' open incidents and agreements count. */
export const serviceFacts: FactsFor<typeof serviceRecord, ServiceFacts> = {
  openIncidents: `select coalesce(sum(s.open_incidents), 0)::int
    from handover.service_summary s
    where s.provider_id = $1 and s.service_id = $2`,
  inForce: `select coalesce(jsonb_agg(distinct r.ref), '[]')
    from handover.agreement_in_force a
    join core.record r on r.provider_id = a.provider_id and r.id = a.agreement_id
    where a.provider_id = $1 and a.service_id = $2 and r.state in ('in_force', 'under_review')`,
};

export interface VersionRow {
  id: string;
  state: VersionState;
  versionNumber: number;
}

export async function versionsOf(client: Queryable, provider: string, service: string): Promise<VersionRow[]> {
  const { rows } = await client.query(
    `select id, state, version_number as "versionNumber"
     from strategy.service_version
     where provider_id = $1 and service = $2
     order by version_number`,
    [provider, service],
  );
  return rows as VersionRow[]; // the select list is VersionRow
}

export interface SubscriptionRow {
  id: string;
  state: string;
  customer: string;
  serviceVersion: string;
}

/** Subscriptions of a version. */
export async function subscriptionsOf(
  client: Queryable,
  provider: string,
  version: string,
): Promise<SubscriptionRow[]> {
  const { rows } = await client.query(
    `select id, state, customer, service_version as "serviceVersion"
     from strategy.subscription
     where provider_id = $1 and service_version = $2
     order by id`,
    [provider, version],
  );
  return rows as SubscriptionRow[]; // the select list is SubscriptionRow
}

/** The live subscriptions of the same service and customer to other versions than this subscription's. */
export async function olderLive(client: Queryable, provider: string, id: string): Promise<SubscriptionRow[]> {
  const { rows } = await client.query(
    `select o.id, o.state, o.customer, o.service_version as "serviceVersion"
     from strategy.subscription n
     join strategy.subscription o on o.provider_id = n.provider_id
       and o.service = n.service
       and o.customer = n.customer
       and o.service_version <> n.service_version
     where n.provider_id = $1 and n.id = $2 and o.state in ('live_els', 'live')
     order by o.id`,
    [provider, id],
  );
  return rows as SubscriptionRow[]; // the select list is SubscriptionRow
}

/** Names of customer organisations by id. */
export async function customerNames(
  client: Queryable,
  provider: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; title: string }>(
    'select id, title from core.record where provider_id = $1 and id = any($2::uuid[])',
    [provider, ids],
  );
  return new Map(rows.map((row) => [row.id, row.title]));
}

export async function openLiveInterval(
  client: Queryable,
  provider: string,
  subscription: string,
  now: string,
): Promise<void> {
  await client.query(
    `insert into handover.live_interval (
       provider_id, subscription_id, service_version_id, service_id, customer_id, lineage_id, from_at)
     select u.provider_id, u.id, u.service_version, u.service, u.customer, r.lineage_id, $3
     from strategy.subscription u
     join core.record r on r.provider_id = u.provider_id and r.id = u.id
     where u.provider_id = $1 and u.id = $2
     on conflict do nothing`,
    [provider, subscription, now],
  );
}

export async function closeLiveInterval(
  client: Queryable,
  provider: string,
  subscription: string,
  now: string,
): Promise<void> {
  await client.query(
    `update handover.live_interval
     set to_at = $3
     where provider_id = $1 and subscription_id = $2 and to_at is null`,
    [provider, subscription, now],
  );
}
