// Reads what was added since the last time, and notes which days it touches. Each batch is one short transaction.
import { nilUuid } from '../../../../core/record/id.ts';
import type pg from 'pg';
import { inTransaction } from '../../../../core/database/connect.ts';
import { zoneOfDays } from '../../../../handover/facts/store.ts';

const nil = `'${nilUuid}'::uuid`;
const stepSources = "(values ('steps'), ('observed')) as k (source)";
const factBatch = 5000;
const entryBatch = 20_000;

/** How far a reader came: by transaction, then by number. Behind the oldest open transaction that order gains nothing, whatever number is taken when. */
interface Place {
  transaction: string;
  place: number;
}

/** Locks a cursor for the transaction, made at the first time; another process that works on it is waited for. */
async function lockCursor(client: pg.PoolClient, name: string): Promise<Place> {
  await client.query('insert into improvement.cursor (name, place) values ($1, 0) on conflict do nothing', [name]);
  const { rows } = await client.query<Place>(
    'select transaction, place from improvement.cursor where name = $1 for update',
    [name],
  );
  return rows[0] ?? { transaction: '0', place: 0 };
}

async function setCursor(client: pg.PoolClient, name: string, { transaction, place }: Place): Promise<void> {
  await client.query('update improvement.cursor set transaction = $2, place = $3 where name = $1', [
    name,
    transaction,
    place,
  ]);
}

/** Takes the next edits of the facts of cases. False when there was none. */
export function followFacts(pool: pg.Pool): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const from = await lockCursor(client, 'case-facts');
    const { rows } = await client.query<Place & { id: string; provider: string }>(
      `select record_id as id, provider_id as provider, transaction, edit as place from core.case_fact
       where (transaction, edit) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot()) order by transaction, edit limit ${factBatch}`,
      [from.transaction, from.place],
    );
    const last = rows.at(-1);
    if (!last) return false;
    const values = [rows.map(({ provider }) => provider), rows.map(({ id }) => id)];
    await client.query(zonesOfFacts, values);
    await client.query(daysOfFacts, values);
    await setCursor(client, 'case-facts', last);
    return true;
  });
}

/** Of the facts at hand those of incidents: what figures count. */
const given = `unnest($1::uuid[], $2::uuid[]) as x (provider_id, record_id)
    join core.case_fact f on f.provider_id = x.provider_id and f.record_id = x.record_id and f.record_type = 'incident'`;

/** Days are taken at the first figure of a service for a customer, so that they never shift under figures. */
const zoneOf = `z.provider_id = f.provider_id and z.service_id = f.service_id and z.customer_id = coalesce(f.customer_id, ${nil})`;
const pair = { provider: 'f.provider_id', service: 'f.service_id', customer: 'f.customer_id' };
const keptZones = (pairs: string) => `insert into improvement.zone (provider_id, service_id, customer_id, zone)
  select f.provider_id, f.service_id, coalesce(f.customer_id, ${nil}), ${zoneOfDays(pair)}
  from (select distinct f.provider_id, f.service_id, f.customer_id from ${pairs} where f.service_id is not null) f
  where not exists (select from improvement.zone z where ${zoneOf})
  on conflict do nothing`;
const zonesOfFacts = keptZones(given);

const daysOfFacts = `with facts as (
    select f.provider_id, f.record_id, (f.opened_at at time zone coalesce(z.zone, 'UTC'))::date as opened_day, (f.ended_at at time zone coalesce(z.zone, 'UTC'))::date as restored_day
    from ${given} left join improvement.zone z on ${zoneOf}),
  before as (select d.* from improvement.incident_day d join facts using (provider_id, record_id)),
  kept as (insert into improvement.incident_day (provider_id, record_id, opened_day, restored_day) select * from facts
    on conflict (provider_id, record_id) do update set opened_day = excluded.opened_day, restored_day = excluded.restored_day),
  both_times as (select * from facts union all select * from before)
  insert into improvement.touched (provider_id, source, day)
    select provider_id, 'opened', opened_day from both_times
    union select provider_id, 'restored', restored_day from both_times where restored_day is not null
    union select s.provider_id, k.source, s.day from improvement.step_day s join facts f on f.provider_id = s.provider_id and f.record_id = s.lineage_id cross join ${stepSources}
  on conflict do nothing`;

/** Takes the next journal entries: steps, decisions, packages, measured values. `backMoves` are "type move". False when there was none. */
export function followJournal(pool: pg.Pool, backMoves: readonly string[]): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const from = await lockCursor(client, 'journal');
    const { rows } = await client.query<Place>(
      `select transaction, seq as place from (select transaction, seq from core.journal
         where (transaction, seq) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot()) order by transaction, seq limit ${entryBatch}) b
       order by transaction desc, seq desc limit 1`,
      [from.transaction, from.place],
    );
    const last = rows[0];
    if (!last) return false;
    const span = [from.transaction, from.place, last.transaction, last.place];
    await client.query(zonesOfSteps, span);
    await client.query(countSteps, [...span, backMoves]);
    await client.query(keepWaits, span);
    await client.query(touchLineages, span);
    await client.query(dropAttained, span);
    await client.query(keepAttained, span);
    await setCursor(client, 'journal', last);
    return true;
  });
}

/**
 * The entries of the batch at hand, read once along the index that they came by, however many the planner believes them to be;
 * what they name is then looked up entry by entry (`offset 0` sees to it). Joined freely, the whole journal was read for each decision.
 */
const span = (only: string) =>
  `span as materialized (select j.seq, j.provider_id, j.record_id, j.record_type, j.occurred_at, j.kind, j.move, j.decision_id, j.edits -> '_then' as further from core.journal j
    where (j.transaction, j.seq) > ($1::xid8, $2::bigint) and (j.transaction, j.seq) <= ($3::xid8, $4::bigint) and ${only})`;
const recordOf = (id: string, provider: string, alias: string) =>
  `cross join lateral (select * from core.record x where x.provider_id = ${provider} and x.id = ${id} offset 0) ${alias}`;

/** How many moves an entry tells, and how many of them went back. */
const movesMade = `cross join lateral (
    select count(*) as made, count(*) filter (where f.record_type || ' ' || x.name = any($5::text[])) as back
    from (select f.move as name union all select jsonb_array_elements_text(f.further)) x) m`;

/**
 * Some entries of the batch, each with the service and the customers that its record had at that time, as its own journal tells: so that
 * counted again they come out the same, whatever was edited since. A record says whose it is when it is made, and whenever that alters.
 */
const attributed = (only: string) => `${span(only)},
  told as materialized (
    select x.*
    from (select distinct provider_id, record_id, record_type from span) s
    cross join lateral (
      select j.provider_id, j.record_id, j.seq, j.edits -> '_customers' as customers, s.record_type = 'incident' and j.edits ? 'service' as says_service, j.edits ->> 'service' as service
      from core.journal j
      where j.provider_id = s.provider_id and j.record_id = s.record_id and (j.edits ? '_customers' or j.edits ? 'service')
      offset 0) x),
  whose as materialized (
    select j.seq,
      (array_agg(t.customers order by t.seq desc) filter (where t.customers is not null))[1] as customers,
      (array_agg(t.service order by t.seq desc) filter (where t.says_service))[1]::uuid as service_id
    from span j
    join told t on t.provider_id = j.provider_id and t.record_id = j.record_id and t.seq <= j.seq
    group by j.seq),
  steps as materialized (
    select j.*, w.service_id, (w.customers ->> 0)::uuid as customer_id, case when jsonb_array_length(w.customers) = 1 then (w.customers ->> 0)::uuid else ${nil} end as only_customer
    from span j
    join whose w using (seq))`;
const movesOnly = 'j.from_state is not null and j.to_state is not null';

const zonesOfSteps = `with ${attributed(movesOnly)}
  ${keptZones('steps f')}`;

const countSteps = `with ${attributed(movesOnly)}, counted as (
    select f.provider_id, (f.occurred_at at time zone coalesce(z.zone, 'UTC'))::date as day, coalesce(f.service_id, ${nil}) as service_id,
      case when f.service_id is null then r.lineage_id else ${nil} end as lineage_id, f.only_customer as customer_id, r.stage,
      count(*) filter (where f.kind = 'observed') as observed, count(*) filter (where f.kind = 'observed' and f.move is not null) as known,
      coalesce(sum(m.made) filter (where f.kind <> 'observed'), 0) as moves, coalesce(sum(m.back) filter (where f.kind <> 'observed'), 0) as back_moves
    from steps f ${movesMade} ${recordOf('f.record_id', 'f.provider_id', 'r')}
    left join improvement.zone z on ${zoneOf}
    where r.stage <> 'party'
    group by 1, 2, 3, 4, 5, 6),
  kept as (insert into improvement.step_day as s (provider_id, day, service_id, lineage_id, customer_id, stage, observed, known, moves, back_moves) select * from counted
    on conflict (provider_id, day, service_id, lineage_id, customer_id, stage) do update set observed = s.observed + excluded.observed, known = s.known + excluded.known,
      moves = s.moves + excluded.moves, back_moves = s.back_moves + excluded.back_moves)
  insert into improvement.touched (provider_id, source, day) select distinct provider_id, k.source, day from counted cross join ${stepSources} on conflict do nothing`;

const keepWaits = `with ${attributed('j.decision_id is not null')}, kept as (
    insert into improvement.gate_wait (provider_id, decision_id, day, gate, side, subject_id, lineage_id, customer_id, waited_days)
    select distinct on (d.provider_id, d.id) d.provider_id, d.id, (d.occurred_at at time zone 'UTC')::date, d.gate, d.side, d.subject_id, r.lineage_id,
      coalesce(d.customer_id, nullif(f.only_customer, ${nil})), extract(epoch from d.occurred_at - d.opened_at) / 86400
    from steps f cross join lateral (select * from core.decision x where x.provider_id = f.provider_id and x.id = f.decision_id offset 0) d ${recordOf('d.subject_id', 'd.provider_id', 'r')}
    order by d.provider_id, d.id on conflict do nothing returning provider_id, day)
  insert into improvement.touched (provider_id, source, day) select distinct provider_id, 'gates', day from kept on conflict do nothing`;

/** What a package is about may become known after its first steps: all of its lineage is then attributed anew. */
const touchLineages = `with ${span("j.record_type = 'service-package'")},
  lineages as (select distinct r.provider_id, r.lineage_id from span j ${recordOf('j.record_id', 'j.provider_id', 'r')})
  insert into improvement.touched (provider_id, source, day)
    select s.provider_id, k.source, s.day from improvement.step_day s join lineages using (provider_id, lineage_id) cross join ${stepSources}
    union select w.provider_id, 'gates', w.day from improvement.gate_wait w join lineages using (provider_id, lineage_id)
  on conflict do nothing`;

/** Measurements that were entered or taken back, and those of outcomes that were edited, or whose package was. */
const measured = `${span("j.record_type in ('outcome-measurement', 'outcome', 'service-package')")}, measured as materialized (
  select provider_id, record_id as id from span where record_type = 'outcome-measurement'
  union select m.provider_id, m.id from span j join improvement.outcome_measurement m on m.provider_id = j.provider_id and m.outcome = j.record_id where j.record_type = 'outcome'
  union select m.provider_id, m.id from span j ${recordOf('j.record_id', 'j.provider_id', 'p')}
    join core.record o on o.provider_id = p.provider_id and o.lineage_id = p.lineage_id and o.type = 'outcome' join improvement.outcome_measurement m on m.provider_id = o.provider_id and m.outcome = o.id
    where j.record_type = 'service-package')`;

const dropAttained = `with ${measured}, gone as (delete from improvement.attained a using measured x where a.provider_id = x.provider_id and a.measurement_id = x.id returning a.provider_id, a.day)
  insert into improvement.touched (provider_id, source, day) select distinct provider_id, 'attained', day from gone on conflict do nothing`;

/**
 * Attainment is (baseline − actual) ÷ (baseline − target), of an outcome to be maintained 1 within its band (limits included) and 0
 * outside; clamped to 0 to 1.2 for weighing.
 */
const keepAttained = `with ${measured}, entered as (
    select m.provider_id, m.id, m.outcome, m.period_to, m.value, o.lineage_id, case when cardinality(o.customers) = 1 then o.customers[1] end as customer_id
    from measured x join improvement.outcome_measurement m on m.provider_id = x.provider_id and m.id = x.id and m.state = 'recorded' join core.record o on o.provider_id = m.provider_id and o.id = m.outcome),
  promised as (
    select m.*, s.package_id, s.service_id, coalesce((e ->> 'weight')::double precision, 1) as weight, e ->> 'direction' as direction, (e ->> 'baseline')::double precision as baseline, (e ->> 'target')::double precision as target
    from entered m join lateral (select q.package_id, q.service_id, q.outcomes from handover.package_summary q where q.provider_id = m.provider_id and q.lineage_id = m.lineage_id and q.service_id is not null
      and q.outcomes @> jsonb_build_array(jsonb_build_object('id', m.outcome)) order by q.package_id limit 1) s on true
    cross join lateral jsonb_array_elements(s.outcomes) e where e ->> 'id' = m.outcome::text),
  reached as (
    select p.*, case when p.direction = 'maintain' then (p.value between least(p.baseline, p.target) and greatest(p.baseline, p.target))::int::double precision
      else (p.baseline - p.value) / nullif(p.baseline - p.target, 0) end as unclamped from promised p where p.baseline is not null and p.target is not null),
  kept as (
    insert into improvement.attained (provider_id, measurement_id, outcome_id, package_id, day, service_id, customer_id, weight, attainment, unclamped)
    select provider_id, id, outcome, package_id, period_to, service_id, customer_id, weight, greatest(0, least(1.2, unclamped)), unclamped from reached where unclamped is not null
    returning provider_id, day)
  insert into improvement.touched (provider_id, source, day) select distinct provider_id, 'attained', day from kept on conflict do nothing`;

/** Notes the days of new refusals. Their instants do not tell which are new: the clock of an example provider may stand still. */
export function followRefusals(pool: pg.Pool): Promise<void> {
  return inTransaction(pool, async (client) => {
    const from = await lockCursor(client, 'refusals');
    const { rows } = await client.query<{ last: string | null }>(
      `with fresh as materialized (
         select provider_id, (at at time zone 'UTC')::date as day, transaction
         from core.refusal
         where transaction > $1 and transaction < pg_snapshot_xmin(pg_current_snapshot())),
       noted as (
         insert into improvement.touched (provider_id, source, day)
         select distinct provider_id, 'refusals', day
         from fresh
         where provider_id is not null
         on conflict do nothing)
       select max(transaction)::text as last
       from fresh`,
      [from.transaction],
    );
    const last = rows[0]?.last;
    if (last) await setCursor(client, 'refusals', { transaction: last, place: 0 });
  });
}

/** Touches every day of every source when the definitions are not those that the figures were computed by. */
export function followDefinitions(pool: pg.Pool, fingerprint: number): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { place } = await lockCursor(client, 'definitions');
    if (place === fingerprint) return;
    await client.query(
      `insert into improvement.touched (provider_id, source, day)
         select provider_id, 'opened', opened_day from improvement.incident_day union select provider_id, 'restored', restored_day from improvement.incident_day where restored_day is not null
         union select provider_id, 'gates', day from improvement.gate_wait union select provider_id, k.source, day from improvement.step_day cross join ${stepSources}
         union select provider_id, 'attained', day from improvement.attained union select provider_id, 'refusals', (at at time zone 'UTC')::date from core.refusal where provider_id is not null
       on conflict do nothing`,
    );
    await setCursor(client, 'definitions', { transaction: '0', place: fingerprint });
  });
}
