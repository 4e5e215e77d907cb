import type { Queryable } from '../../core/record/queryable.ts';

/** The improvement still open that a detector raised under this key. */
export async function openByKey(client: Queryable, provider: string, key: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from improvement.improvement where provider_id = $1 and dedup_key = $2 and state not in ('closed', 'merged', 'declined') limit 1`,
    [provider, key],
  );
  return rows[0]?.id ?? null;
}

/** Makes detections under one key wait for each other until the transaction ends. */
export async function lockKey(client: Queryable, provider: string, key: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${provider} ${key}`]);
}

/** Deferred improvements whose review date has come, by the clock of their provider. */
export async function reviewsDue(client: Queryable, now: string): Promise<{ providerId: string; id: string }[]> {
  const { rows } = await client.query(
    `select i.provider_id as "providerId", i.id from improvement.improvement i join core.provider v on v.id = i.provider_id
     where i.state = 'deferred' and i.review_at <= coalesce(v.scenario_now, $1::timestamptz)::date order by i.id limit 500`,
    [now],
  );
  return rows as { providerId: string; id: string }[]; // the select list
}

export interface BrokenPromise {
  ref: string;
  title: string;
  customers: string[];
  /** The service that its lineage became, if it did. */
  service: string | null;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

/** A requirement as an opportunity tells of it. */
export async function promiseOf(client: Queryable, providerId: string, id: string): Promise<BrokenPromise | undefined> {
  const { rows } = await client.query(
    `select r.ref, r.title, r.customers, v.scenario_now as "scenarioNow",
       (select s.id from core.record s where s.provider_id = r.provider_id and s.lineage_id = r.lineage_id and s.type = 'service' order by s.number limit 1) as service
     from core.record r join core.provider v on v.id = r.provider_id where r.provider_id = $1 and r.id = $2`,
    [providerId, id],
  );
  return rows[0] as BrokenPromise | undefined; // the select list
}
