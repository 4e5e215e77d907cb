// Evidence whose day is over: who decided on it is asked again, once.
import { nilUuid } from '../record/define/id.ts';
import type { Application } from '../record/define/work.ts';
import { askedAgainIn, batch, lookAtEach, subjectColumns } from './basis-look.ts';
import type { Subject } from './basis-look.ts';
import { endsIn } from './judging.ts';

/**
 * Looks again where evidence ran out by time: of each decision once, when its day is over.
 * @throws after all were tried, the faults together; then it is not told that all was looked at up to now
 */
export async function lookWhereRunOut(application: Application): Promise<void> {
  const { registry, pool } = application;
  const now = new Date(application.clock()).toISOString();
  const { rows: clocks } = await pool.query<{ id: string; at: string }>(
    'select id, coalesce(scenario_now, $1::timestamptz) as at from core.provider',
    [now],
  );
  const faults: unknown[] = [];
  for (const select of [statedSelect, ...[...endsIn(registry.records.values())].map(endedSelect)]) {
    let after: string | undefined = nilUuid;
    while (after !== undefined) {
      const { rows }: { rows: Subject[] } = await pool.query<Subject>(select, [
        now,
        JSON.stringify(askedAgainIn(registry)),
        after,
      ]);
      faults.push(...(await lookAtEach(application, rows)).map(({ fault }) => fault));
      after = rows.length < batch ? undefined : rows.at(-1)?.id;
    }
  }
  if (faults.length) throw new AggregateError(faults, `${faults.length} decided records could not be looked at`);
  await pool.query(
    `insert into core.basis_looked (provider_id, at)
     select id, at
     from jsonb_to_recordset($1) as x(id uuid, at timestamptz)
     on conflict (provider_id) do update set at = excluded.at`,
    [JSON.stringify(clocks)],
  );
}

/** Of `core.record r` and a post `w`: an approval in force stands on that evidence, which ended after it, and nobody is asked yet. */
const standsOn = (evidence: string, ended: string) => `exists (
  select
  from core.decision d
  left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
  where d.provider_id = r.provider_id
    and d.subject_id = r.id
    and d.gate = w.gate
    and d.outcome in ('approve', 'approve_with_conditions')
    and d.occurred_at < ${ended}
    and d.evidence @> jsonb_build_array(jsonb_build_object('id', ${evidence}))
    and x.decision_id is null
    and not exists (
      select
      from core.basis_change b
      where b.provider_id = d.provider_id and b.decision_id = d.id)
    and not exists (
      select
      from core.decision n
      where n.provider_id = d.provider_id
        and n.subject_id = d.subject_id
        and n.gate = d.gate
        and n.customer_id is not distinct from d.customer_id
        and n.outcome not in ('defer', 'withdraw')
        and n.recorded_at > d.recorded_at))`;

/** On $1 = now, $2 = posts, $3 = the place to go on from. */
const statedSelect = `select distinct ${subjectColumns}
  from core.evidence e
  join core.provider v on v.id = e.provider_id
  join core.record r on r.provider_id = e.provider_id and r.id = e.subject_id
  join jsonb_to_recordset($2) as w(type text, gate text, state text) on w.type = r.type
    and w.state = r.state
    and w.gate = e.gate
  where e.expires_at <= coalesce(v.scenario_now, $1::timestamptz)
    and r.id > $3
    and ${standsOn('e.id', 'e.expires_at')}
  order by r.id
  limit ${batch}`;

const endedSelect = ({ type, table, column }: { type: string; table: string; column: string }): string =>
  `select distinct ${subjectColumns}
   from ${table} t
   join core.provider v on v.id = t.provider_id
   join core.link l on l.provider_id = t.provider_id and t.id in (l.from_id, l.to_id) and l.withdrawn_at is null
   join core.record r on r.provider_id = l.provider_id
     and r.id in (l.from_id, l.to_id)
     and r.type <> '${type}'
   join jsonb_to_recordset($2) as w(type text, gate text, state text) on w.type = r.type and w.state = r.state
   where t.${column} < coalesce(v.scenario_now, $1::timestamptz)::date
     and r.id > $3
     and ${standsOn('t.id', `(t.${column} + 1)::timestamp at time zone 'UTC'`)}
   order by r.id
   limit ${batch}`;
