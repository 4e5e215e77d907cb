// What a decision stands on changes where no record tells of it: a policy that came later, evidence whose day is over. Each decided
// record is then looked at by itself, in an act of the system of its own.
import { systemPrincipal } from '../permission/principal.ts';
import { act } from '../record/act/act.ts';
import type { Application, Registry } from '../record/define/work.ts';
import { oneByOne } from '../record/edit/one-by-one.ts';
import { keepBasis } from './basis-watch.ts';
import { declaredAt, isDecided } from './declared.ts';
import { endsIn } from './judging.ts';

interface Subject {
  providerId: string;
  id: string;
  type: string;
  scenarioNow: string | null;
}

/** Where a decision that was made is asked about again: by type of record, gate and state. */
export function askedAgainIn(registry: Registry): { type: string; gate: string; state: string }[] {
  return [...registry.records.values()].flatMap(({ definition: { type, lifecycle } }) => {
    if (!isDecided(lifecycle)) return [];
    const states = Object.entries(lifecycle.states).filter(([, { editable, final }]) => !editable && !final);
    return [...registry.gates.values()].flatMap((gate) =>
      states.flatMap(([state]) =>
        declaredAt(lifecycle, gate, state).inState ? [] : [{ type, gate: gate.code, state }],
      ),
    );
  });
}

/** At a time. */
const batch = 200;

/** Looks again at what was decided at some gates (null: at any) on a lineage (null: on all). */
export async function lookAgain(
  application: Application,
  { providerId, gates, lineage }: { providerId: string; gates: readonly string[] | null; lineage: string | null },
): Promise<void> {
  const posts = askedAgainIn(application.registry).filter(({ gate }) => gates === null || gates.includes(gate));
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await application.pool.query<Subject>(
      `select distinct r.provider_id as "providerId", r.id, r.type, v.scenario_now as "scenarioNow"
       from jsonb_to_recordset($1) as w(type text, gate text, state text)
       join core.record r on r.provider_id = $2 and r.type = w.type and r.state = w.state
       join core.provider v on v.id = r.provider_id
       where ($3::uuid is null or r.lineage_id = $3)
         and r.id > $4
         and exists (
           select
           from core.decision d
           where d.provider_id = r.provider_id and d.subject_id = r.id and d.gate = w.gate)
       order by r.id
       limit ${batch}`,
      [JSON.stringify(posts), providerId, lineage, after],
    );
    await oneByOne(rows, (each) => look(application, each));
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.id;
  }
}

/** Looks again where evidence ran out by time: of each decision once, when its day is over. */
export async function lookWhereRunOut(application: Application): Promise<void> {
  const { registry, pool } = application;
  const now = new Date(application.clock()).toISOString();
  const posts = JSON.stringify(askedAgainIn(registry));
  const { rows: stated } = await pool.query<Subject>(
    `select distinct r.provider_id as "providerId", r.id, r.type, v.scenario_now as "scenarioNow"
     from core.evidence e
     join core.provider v on v.id = e.provider_id
     join core.record r on r.provider_id = e.provider_id and r.id = e.subject_id
     join jsonb_to_recordset($2) as w(type text, gate text, state text) on w.type = r.type
       and w.state = r.state
       and w.gate = e.gate
     where e.expires_at <= coalesce(v.scenario_now, $1::timestamptz)
       and ${standsOn('e.id', 'e.expires_at')}
     order by r.id
     limit ${batch}`,
    [now, posts],
  );
  const found = [...stated];
  for (const { type, table, column } of endsIn(registry.records.values())) {
    const over = `(t.${column} + 1)::timestamp at time zone 'UTC'`;
    const { rows } = await pool.query<Subject>(
      `select distinct r.provider_id as "providerId", r.id, r.type, v.scenario_now as "scenarioNow"
       from ${table} t
       join core.provider v on v.id = t.provider_id
       join core.link l on l.provider_id = t.provider_id and t.id in (l.from_id, l.to_id) and l.withdrawn_at is null
       join core.record r on r.provider_id = l.provider_id
         and r.id in (l.from_id, l.to_id)
         and r.type <> $3
       join jsonb_to_recordset($2) as w(type text, gate text, state text) on w.type = r.type and w.state = r.state
       where t.${column} < coalesce(v.scenario_now, $1::timestamptz)::date
         and ${standsOn('t.id', over)}
       order by r.id
       limit ${batch}`,
      [now, posts, type],
    );
    found.push(...rows);
  }
  await oneByOne(found, (each) => look(application, each));
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

async function look(application: Application, { providerId, id, type, scenarioNow }: Subject): Promise<void> {
  const principal = systemPrincipal(providerId, 'clock', scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `basis ${id}` };
  await act(application, caller, { command: 'basis changed', type, id }, async (work) => {
    await keepBasis(work, [id]);
    return { id };
  });
}
