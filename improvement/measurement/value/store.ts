import type { FactsFor } from '../../../core/record/define/fact.ts';
import type { RecordOf } from '../../../core/record/define/data.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import type { JournalEntry } from '../../../core/journal/format/entry.ts';
import type { outcomeMeasurementRecord } from './record.ts';
import type { OutcomeMeasurementFacts } from './rules.ts';

/** What a measurement's rules need to know; days are those of the customer's zone. */
export const outcomeMeasurementFacts: FactsFor<typeof outcomeMeasurementRecord, OutcomeMeasurementFacts> = {
  period: async ({ client, now }, data) => {
    const { outcome, periodFrom, periodTo } = data.fields;
    const { rows } = await client.query(
      `select o.owner_id as owner,
         o.ref,
         to_char($6::timestamptz at time zone z.zone, 'YYYY-MM-DD') as today,
         coalesce(
           (
             select array_agg(r.ref order by r.number)
             from improvement.outcome_measurement m
             join core.record r on r.provider_id = m.provider_id and r.id = m.id
             where m.provider_id = $1
               and m.outcome = $2
               and m.state = 'recorded'
               and m.id <> $3
               and m.period_from <= $5::date
               and m.period_to >= $4::date),
           '{}') as taken,
         $4::date <= $5::date and exists (
           select
           from (
             select unnest(range_agg(tstzrange(i.from_at, i.to_at))) as span
             from handover.live_interval i
             where i.provider_id = $1
               and i.customer_id = any(o.customers)
               and i.service_id in (
                 select t.service_id
                 from handover.live_interval t
                 where t.provider_id = $1 and t.lineage_id = o.lineage_id)) s
           where s.span @> tstzrange(
             least($4::date, $5::date)::timestamp at time zone z.zone,
             (greatest($4::date, $5::date) + 1)::timestamp at time zone z.zone)) as live
       from core.record o
       cross join lateral (
         select coalesce(
           (
             select c.zone
             from core.customer c
             where c.provider_id = o.provider_id and c.id = any(o.customers)
             order by c.id
             limit 1),
           'UTC') as zone) z
       where o.provider_id = $1 and o.id = $2`,
      [data.providerId, outcome, data.id, periodFrom, periodTo, now],
    );
    const found = rows[0] as OutcomeMeasurementFacts['period'] | undefined; // the select list is the fact
    if (!found) throw new Error('a measurement names an outcome that its creation has checked');
    return found;
  },
};

export interface MeasuredPeriod {
  value: number;
  grade: string;
  periodFrom: string;
  periodTo: string;
}

/** The values of an outcome that stand, the newest period first; enough for the longest time to sustain. */
export async function measuredPeriods(
  client: Queryable,
  provider: string,
  outcome: string,
  most = 60,
): Promise<MeasuredPeriod[]> {
  const { rows } = await client.query(
    `select m.value, m.grade, m.period_from as "periodFrom", m.period_to as "periodTo"
     from improvement.outcome_measurement m
     where m.provider_id = $1 and m.outcome = $2 and m.state = 'recorded'
     order by m.period_to desc
     limit $3`,
    [provider, outcome, most],
  );
  return rows as MeasuredPeriod[]; // the select list is MeasuredPeriod
}

/** The service versions that were live in a measurement's period, along its lineage. */
export async function versionsMeasured(
  client: Queryable,
  { providerId, lineage, fields }: RecordOf<typeof outcomeMeasurementRecord>,
): Promise<string[]> {
  const { rows } = await client.query({
    text: `select distinct service_version_id as id
      from handover.live_interval
      where provider_id = $1
        and lineage_id = $2
        and from_at < ($4::date + 1)::timestamptz
        and coalesce(to_at, 'infinity') > $3::date::timestamptz`,
    values: [providerId, lineage, fields.periodFrom, fields.periodTo],
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}

export type PromiseTold = Pick<JournalEntry, 'move' | 'edits'> & { day: string };

/** What its journal tells of an outcome's promise, in order, each with its day where the customer is. */
export async function promisesTold(client: Queryable, provider: string, outcome: string): Promise<PromiseTold[]> {
  const { rows } = await client.query<PromiseTold>(
    `select j.move,
       j.edits,
       to_char(
         j.occurred_at at time zone coalesce(
           (
             select c.zone
             from core.record o
             join core.customer c on c.provider_id = o.provider_id and c.id = any(o.customers)
             where o.provider_id = $1 and o.id = $2
             order by c.id
             limit 1),
           'UTC'),
         'YYYY-MM-DD') as day
     from core.journal j
     where j.provider_id = $1
       and j.record_id = $2
       and j.edits ?| array['baseline', 'target', 'direction']
     order by j.seq`,
    [provider, outcome],
  );
  return rows;
}

/** The clock of an example provider; null for any other. */
export async function scenarioOf(client: Queryable, provider: string): Promise<string | null> {
  const { rows } = await client.query('select scenario_now as "scenarioNow" from core.provider where id = $1', [
    provider,
  ]);
  return (rows[0] as { scenarioNow: string | null } | undefined)?.scenarioNow ?? null;
}
