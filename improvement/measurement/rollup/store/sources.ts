// The facts of each source as rows of one period `p (day, to_day)`, with the columns that metrics name. $1 = provider.
import { nilUuid } from '../../../../core/record/define/id.ts';
import type { FieldOf, SourceName } from '../../metric/define.ts';
import { lookup } from '../../../../core/names/lookup.ts';

interface Source {
  rows: string;
  columns: Partial<Record<FieldOf, string>>;
}

const incidentColumns: Source['columns'] = {
  restoreMinutes: 'worked_minutes',
  targetMinutes: 'target_minutes',
  met: 'met',
  waitedMinutes: 'waited_minutes',
  spentMinutes: 'spent_minutes',
  reassignments: 'reassignments',
  reopens: 'reopens',
  entries: 'entries',
  weekday: 'weekday',
};

const incidents = (day: 'opened_day' | 'restored_day'): Source => ({
  columns: incidentColumns,
  rows: `select f.service_id,
      f.customer_id,
      f.worked_minutes,
      f.target_minutes,
      not f.missed as met,
      f.waited_minutes,
      f.worked_minutes + f.waited_minutes as spent_minutes,
      f.reassignments,
      f.reopens,
      f.entries,
      case when extract(isodow from d.${day}) < 6 then d.${day} end as weekday
    from improvement.incident_day d
    join core.case_fact f on f.provider_id = d.provider_id and f.record_id = d.record_id
    where d.provider_id = $1 and d.${day} >= p.day and d.${day} < p.to_day`,
});

/** The service that a lineage's package is about; for an incident, its lineage's own. */
export const serviceOfLineage = (lineage: string) => `coalesce(
    (
      select s.service_id
      from handover.package_summary s
      where s.provider_id = $1 and s.lineage_id = ${lineage} and s.service_id is not null
      order by s.package_id
      limit 1),
    (
      select i.service_id
      from core.case_fact i
      where i.provider_id = $1 and i.record_id = ${lineage} and i.record_type = 'incident'))`;

const nil = `'${nilUuid}'`;

const stepsWhere = (condition: string) => `select case
    when t.service_id <> ${nil} then t.service_id
    else ${serviceOfLineage('t.lineage_id')} end as service_id,
    nullif(t.customer_id, ${nil}) as customer_id,
    t.stage,
    t.observed,
    t.known,
    t.moves,
    t.back_moves
  from improvement.step_day t
  where t.provider_id = $1 and t.day >= p.day and t.day < p.to_day and ${condition}`;

export const sourceRows: Readonly<Record<SourceName, Source>> = lookup({
  restored: incidents('restored_day'),
  opened: incidents('opened_day'),
  gates: {
    columns: { waitedDays: 'waited_days', gate: 'gate', side: 'side' },
    rows: `select ${serviceOfLineage('w.lineage_id')} as service_id, w.customer_id, w.waited_days, w.gate, w.side
      from improvement.gate_wait w where w.provider_id = $1 and w.day >= p.day and w.day < p.to_day`,
  },
  observed: { columns: { stage: 'stage', observed: 'observed', known: 'known' }, rows: stepsWhere('t.observed > 0') },
  steps: { columns: { stage: 'stage', moves: 'moves', backMoves: 'back_moves' }, rows: stepsWhere('t.moves > 0') },
  refusals: {
    columns: { separation: 'separation' },
    rows: `select ${serviceOfLineage('h.lineage_id')} as service_id,
        null::uuid as customer_id,
        exists (select from unnest(x.codes) code where code like 'separation%')::int as separation
      from core.refusal x
      left join core.record h on h.provider_id = x.provider_id and h.id = x.record_id
      where x.provider_id = $1
        and x.at >= p.day::timestamp at time zone 'UTC'
        and x.at < p.to_day::timestamp at time zone 'UTC'`,
  },
  attained: {
    columns: {
      weight: 'weight',
      weightedAttainment: 'weighted_attainment',
      weightedUnclamped: 'weighted_unclamped',
      unmeasured: 'unmeasured',
    },
    rows: `select a.service_id,
        a.customer_id,
        a.weight,
        a.weight * a.attainment as weighted_attainment,
        a.weight * a.unclamped as weighted_unclamped,
        (
          select count(*)
          from handover.package_summary s
          cross join lateral jsonb_array_elements(s.outcomes) e
          join core.record o on o.provider_id = s.provider_id and o.id = (e ->> 'id')::uuid
          where s.provider_id = $1
            and s.package_id = a.package_id
            and (a.customer_id is null or a.customer_id = any(o.customers))
            and not exists (
              select
              from improvement.attained x
              where x.provider_id = $1
                and x.outcome_id = (e ->> 'id')::uuid
                and x.day >= p.day
                and x.day < p.to_day)) as unmeasured
      from improvement.attained a
      where a.provider_id = $1 and a.day >= p.day and a.day < p.to_day`,
  },
});
