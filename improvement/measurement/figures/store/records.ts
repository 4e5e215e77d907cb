// The records behind a figure, by keyset on the day and the record.
import type { Json } from '../../../../core/journal/format/hash.ts';
import type { Header } from '../../../../core/record/define/data.ts';
import { headerColumns } from '../../../../core/record/define/data.ts';
import type { Queryable } from '../../../../core/database/queryable.ts';
import type { Principal } from '../../../../core/permission/principal.ts';
import { scopeOf } from '../../../../core/permission/scope.ts';
import type { FieldOf, MeasuredMetric, SourceName } from '../../metric/define.ts';
import { casesOf, conditionOf } from '../../rollup/store/compile.ts';
import { serviceOfLineage } from '../../rollup/store/sources.ts';
import { nil } from './figures.ts';
import type { Scope } from './figures.ts';
import { lookup } from '../../../../core/names/lookup.ts';

interface Listed {
  from: string;
  key: string;
  day: string;
  values: string;
  /** The columns that a metric's conditions name. */
  columns: Partial<Record<FieldOf, string>>;
}

const ofIncident = (day: string): Listed => ({
  columns: {
    restoreMinutes: 'f.worked_minutes',
    targetMinutes: 'f.target_minutes',
    met: '(not f.missed)',
    spentMinutes: 'f.worked_minutes + f.waited_minutes',
    weekday: `case when extract(isodow from d.${day}) < 6 then d.${day} end`,
  },
  key: 'd.record_id',
  day: `d.${day}`,
  from: `improvement.incident_day d
    join core.case_fact f on f.provider_id = d.provider_id and f.record_id = d.record_id
    join core.record r on r.provider_id = d.provider_id and r.id = d.record_id
    where d.provider_id = $1
      and ($2 = '${nil}'::uuid or f.service_id = $2)
      and ($3 = '${nil}'::uuid or f.customer_id = $3)`,
  values: `jsonb_build_object('openedAt', f.opened_at, 'restoredAt', f.ended_at, 'priority', f.priority, 'category', f.category, 'restoreMinutes', f.worked_minutes, 'targetMinutes', f.target_minutes,
    'waitedMinutes', f.waited_minutes, 'reassignments', f.reassignments, 'reopens', f.reopens, 'entries', f.entries)`,
});

const listed: Partial<Record<SourceName, Listed>> = lookup({
  restored: ofIncident('restored_day'),
  opened: ofIncident('opened_day'),
  gates: {
    key: 'w.decision_id',
    day: 'w.day',
    from: `improvement.gate_wait w
      join core.record r on r.provider_id = w.provider_id and r.id = w.subject_id
      where w.provider_id = $1
        and ($2 = '${nil}'::uuid or ${serviceOfLineage('w.lineage_id')} = $2)
        and ($3 = '${nil}'::uuid or w.customer_id = $3)`,
    values: `jsonb_build_object('gate', w.gate, 'side', w.side, 'waitedDays', w.waited_days)`,
    columns: { gate: 'w.gate', side: 'w.side', waitedDays: 'w.waited_days' },
  },
  attained: {
    key: 'a.measurement_id',
    day: 'a.day',
    from: `improvement.attained a
      join core.record r on r.provider_id = a.provider_id and r.id = a.measurement_id
      where a.provider_id = $1
        and ($2 = '${nil}'::uuid or a.service_id = $2)
        and ($3 = '${nil}'::uuid or a.customer_id = $3)`,
    values: `jsonb_build_object('weight', a.weight, 'attainment', a.attainment, 'unclamped', a.unclamped)`,
    columns: { weight: 'a.weight' },
  },
});

type Counting = Pick<MeasuredMetric, 'source' | 'formula'>;

/** Whether a figure's n counts records, so that they can be listed. */
export const hasRecords = (metric: Counting): boolean => metric.source in listed && casesOf(metric) !== null;

/** The conditions of the formula itself: what it does not count is not behind its figure. @throws for a field that the list lacks */
function counted(metric: Counting, { columns }: Listed): string {
  return (casesOf(metric) ?? [])
    .map((each) =>
      conditionOf(each, (field) => {
        const column = columns[field];
        if (!column) throw new Error(`the records of ${metric.source} have no ${field}`);
        return column;
      }),
    )
    .map((sql) => ` and ${sql}`)
    .join('');
}

export interface RecordBehind {
  header: Header;
  day: string;
  /** Of the row in its list: with the day, its place. */
  key: string;
  values: Record<string, Json>;
}

/** The records that a metric counts in a stretch of days, oldest first; only those that the person may see. */
export async function recordsBehind(
  client: Queryable,
  {
    scope,
    principal,
    metric,
    from,
    to,
    limit,
    after,
  }: {
    scope: Scope;
    principal: Principal;
    metric: Counting;
    from: string;
    to: string;
    limit: number;
    after: [string, string] | null;
  },
): Promise<RecordBehind[]> {
  const of = listed[metric.source];
  if (!of) return [];
  const visible = scopeOf(principal, 8);
  const { rows } = await client.query(
    `select ${headerColumns},
       ${of.day} as counted_day,
       ${of.key} as counted_key,
       ${of.values} as counted_values
     from ${of.from}${counted(metric, of)} and ${of.day} >= $4 and ${of.day} <= $5 and (
       $6::date is null
       or (${of.day}, ${of.key}) > ($6::date, $7::uuid)) and ${visible.sql}
     order by ${of.day}, ${of.key}
     limit ${limit}`,
    [
      scope.providerId,
      scope.serviceId,
      scope.customerId,
      from,
      to,
      after?.[0] ?? null,
      after?.[1] ?? null,
      ...visible.values,
    ],
  );
  return (rows as (Header & { counted_day: string; counted_key: string; counted_values: Record<string, Json> })[]).map(
    (row) => {
      const { counted_day: day, counted_key: key, counted_values: values, ...header } = row;
      return { header, day, key, values };
    },
  );
}
