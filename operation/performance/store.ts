import { zoneOfDays } from '../../handover/facts/store.ts';
import type { Queryable } from '../../core/database/queryable.ts';

/** What a service delivered to a customer in one month; of the days that every figure of theirs speaks of. */
export interface Performance {
  providerId: string;
  serviceId: string;
  customerId: string;
  agreementId: string | null;
  periodFrom: string;
  periodTo: string;
  figures: Record<string, number | null>;
  /** The newest edition of that month, as it was told; null where none was. */
  told: Record<string, number | null> | null;
  offered: string | null;
  scenarioNow: string | null;
}

/** Late data of so many days back makes a new edition; what is older stays as it was told. */
const daysLookedBack = 62;
const mostAtOnce = 60;

/** On the indexes of the fact by service and the instants of opening and restoring: a month is counted without the rest. */
const factsOf = `from core.case_fact f
   where f.provider_id = d.provider_id
     and f.record_type = 'incident'
     and f.service_id = d.service_id
     and f.customer_id = d.customer_id`;

const agreementsOf = `from handover.agreement_in_force x
         where x.provider_id = l.provider_id and x.service_id = l.service_id and x.customer_id = l.customer_id`;

/** Months that are over and were never told, the oldest first, and those told lately, with their figures as of now. */
export async function dueMonths(client: Queryable, now: string, service: string | null): Promise<Performance[]> {
  const { rows } = await client.query(
    `with live as (
       select i.provider_id,
         i.service_id,
         i.customer_id,
         min(i.from_at) as from_at,
         max(coalesce(i.to_at, 'infinity')) as to_at,
         coalesce(p.scenario_now, $1::timestamptz) as now,
         p.scenario_now
       from handover.live_interval i
       join core.provider p on p.id = i.provider_id
       where $2::uuid is null or i.service_id = $2
       group by 1, 2, 3, p.scenario_now),
       zoned as (
         select l.*,
           a.agreement_id,
           ${zoneOfDays({ provider: 'l.provider_id', service: 'l.service_id', customer: 'l.customer_id' })} as zone
         from live l
         left join lateral (select x.agreement_id ${agreementsOf} order by x.from_at desc limit 1) a on true),
       months as (
         select z.*,
           m::date as period_from,
           (m + interval '1 month')::date as period_end,
           m at time zone z.zone as from_instant,
           (m + interval '1 month') at time zone z.zone as end_instant
         from zoned z,
           generate_series(
             date_trunc('month', z.from_at at time zone z.zone),
             date_trunc('month', least(z.to_at, z.now) at time zone z.zone),
             interval '1 month') m),
       due as (
         select m.*, h.id as newest, h.state, h.edition
         from months m
         left join lateral (
           select h.*
           from handover.service_performance h
           where h.provider_id = m.provider_id
             and h.subject = m.service_id
             and h.for_customer = m.customer_id
             and h.period_from = m.period_from
           order by h.edition desc
           limit 1) h on true
         where m.end_instant <= m.now
           and (h.id is null or m.end_instant > m.now - make_interval(days => ${daysLookedBack}))
         order by (h.id is not null), m.period_from, m.service_id
         limit ${mostAtOnce})
     select d.provider_id as "providerId",
       d.service_id as "serviceId",
       d.customer_id as "customerId",
       d.agreement_id as "agreementId",
       d.scenario_now as "scenarioNow",
       to_char(d.period_from, 'YYYY-MM-DD') as "periodFrom",
       to_char(d.period_end - 1, 'YYYY-MM-DD') as "periodTo",
       jsonb_build_object('logged', o.logged, 'openAtEnd', o.open_at_end) || to_jsonb(r) as figures,
       case when d.state = 'offered' then d.newest end as offered,
       (
         select jsonb_build_object(
           'logged', h.logged, 'openAtEnd', h.open_at_end, 'restored', h.restored, 'targetMet', h.target_met,
           'targetMissed', h.target_missed, 'notMeasurable', h.not_measurable,
           'medianRestoreMinutes', h.median_restore_minutes,
           'reopened', h.reopened, 'handedOverTwice', h.handed_over_twice)
         from handover.service_performance h
         where h.provider_id = d.provider_id and h.id = d.newest) as told
     from due d,
       lateral (
         select (
           select count(*)::int
           ${factsOf}
             and f.opened_at >= d.from_instant
             and f.opened_at < d.end_instant) as logged,
           (
             select count(*)::int
             ${factsOf}
               and f.opened_at < d.end_instant
               and f.ended_at >= d.end_instant) + (
             select count(*)::int
             ${factsOf}
               and f.opened_at < d.end_instant
               and f.ended_at is null
               and f.state <> 'cancelled') as open_at_end) o,
       lateral (
         select count(*)::int as restored,
           count(*) filter (where not f.missed)::int as "targetMet",
           count(*) filter (where f.missed)::int as "targetMissed",
           count(*) filter (where f.missed is null)::int as "notMeasurable",
           percentile_cont(0.5) within group (order by f.worked_minutes) as "medianRestoreMinutes",
           count(*) filter (where f.reopens > 0)::int as reopened,
           count(*) filter (where f.reassignments >= 2)::int as "handedOverTwice"
         ${factsOf}
           and f.ended_at >= d.from_instant
           and f.ended_at < d.end_instant) r`,
    [now, service],
  );
  return rows as Performance[]; // the select list
}
