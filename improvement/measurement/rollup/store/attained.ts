import { tellsMove } from '../../../../core/journal/format/made.ts';
import { span, recordOf } from './span.ts';

/** Measurements that were entered or taken back, and those of outcomes that were edited, or whose package was. */
const measured = `${span("j.record_type in ('outcome-measurement', 'outcome', 'service-package')")},
    measured as materialized (
      select provider_id, record_id as id
      from span
      where record_type = 'outcome-measurement'
      union
      select m.provider_id, m.id
      from span j
      join improvement.outcome_measurement m on m.provider_id = j.provider_id and m.outcome = j.record_id
      where j.record_type = 'outcome'
      union
      select m.provider_id, m.id
      from span j ${recordOf('j.record_id', 'j.provider_id', 'p')}
      join core.record o on o.provider_id = p.provider_id
        and o.lineage_id = p.lineage_id
        and o.type = 'outcome'
      join improvement.outcome_measurement m on m.provider_id = o.provider_id and m.outcome = o.id
      where j.record_type = 'service-package')`;

export const dropAttained = `with ${measured},
    gone as (
      delete from improvement.attained a using measured x
      where a.provider_id = x.provider_id and a.measurement_id = x.id
      returning a.provider_id, a.day)
  insert into improvement.touched (provider_id, source, day)
  select distinct provider_id, 'attained', day
  from gone
  on conflict do nothing`;

/** Of what an outcome `e` promises now: as it stood when the period of `m` ended, before it was amended the first time since. */
const promisedThen = (name: string) => `(case when amended.seq is null then e ->> '${name}' else (
          select j.edits ->> '${name}'
          from core.journal j
          where j.provider_id = m.provider_id
            and j.record_id = m.outcome
            and j.edits ? '${name}'
            and j.seq < amended.seq
          order by j.seq desc
          limit 1) end)`;

/**
 * Attainment is (baseline − actual) ÷ (baseline − target), of an outcome to be maintained 1 within its band (limits included) and 0
 * outside; clamped to 0 to 1.2 for weighing. Each period is judged by what was promised when it ended.
 */
export const keepAttained = `with ${measured},
    entered as (
      select m.provider_id,
        m.id,
        m.outcome,
        m.period_to,
        m.value,
        o.lineage_id,
        case when cardinality(o.customers) = 1 then o.customers[1] end as customer_id
      from measured x
      join improvement.outcome_measurement m on m.provider_id = x.provider_id
        and m.id = x.id
        and m.state = 'recorded'
      join core.record o on o.provider_id = m.provider_id and o.id = m.outcome),
    promised as (
      select m.*,
        s.package_id,
        s.service_id,
        coalesce((e ->> 'weight')::double precision, 1) as weight,
        ${promisedThen('direction')} as direction,
        ${promisedThen('baseline')}::double precision as baseline,
        ${promisedThen('target')}::double precision as target
      from entered m
      join lateral (
        select q.package_id, q.service_id, q.outcomes
        from handover.package_summary q
        where q.provider_id = m.provider_id
          and q.lineage_id = m.lineage_id
          and q.service_id is not null
          and q.outcomes @> jsonb_build_array(jsonb_build_object('id', m.outcome))
        order by q.package_id
        limit 1) s on true
      cross join lateral jsonb_array_elements(s.outcomes) e
      left join lateral (
        select min(j.seq) as seq
        from core.journal j
        where j.provider_id = m.provider_id
          and j.record_id = m.outcome
          and ${tellsMove("'amend'")}
          and j.edits ?| array['baseline', 'target', 'direction']
          and (
            j.occurred_at at time zone coalesce(
              (
                select c.zone
                from core.record o
                join core.customer c on c.provider_id = o.provider_id and c.id = any(o.customers)
                where o.provider_id = m.provider_id and o.id = m.outcome
                order by c.id
                limit 1),
              'UTC'))::date > m.period_to) amended on true
      where e ->> 'id' = m.outcome::text),
    reached as (
      select p.*,
        case when p.direction = 'maintain' then (
          p.value between least(p.baseline, p.target)
          and greatest(p.baseline, p.target))::int::double precision else (p.baseline - p.value) / nullif(p.baseline - p.target,
          0) end as unclamped
      from promised p
      where p.baseline is not null and p.target is not null),
    kept as (
      insert into improvement.attained (
        provider_id, measurement_id, outcome_id, package_id, day, service_id, customer_id, weight, attainment,
        unclamped)
      select provider_id,
        id,
        outcome,
        package_id,
        period_to,
        service_id,
        customer_id,
        weight,
        greatest(0, least(1.2, unclamped)),
        unclamped
      from reached
      where unclamped is not null
      returning provider_id, day)
  insert into improvement.touched (provider_id, source, day)
  select distinct provider_id, 'attained', day
  from kept
  on conflict do nothing`;
