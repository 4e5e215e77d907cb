import type { FactsFor } from '../../../core/record/define/fact.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import type { versionRecord } from '../record/service-version.ts';
import type { VersionFacts } from '../rules.ts';
import type { VersionState } from '../lifecycle/service-version.ts';

/** What a version's rules need to know; all customers' open incidents count, and only while no other version of the service is live. */
export const versionFacts: FactsFor<typeof versionRecord, VersionFacts> = {
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
