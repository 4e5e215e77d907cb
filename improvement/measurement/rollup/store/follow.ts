// Reads what was added since the last time, and notes which days it touches. Each batch is one short transaction.
import type pg from 'pg';
import { inTransaction } from '../../../../core/database/connect.ts';
import { nil, stepSources, lockCursor, setCursor } from './cursor.ts';
import type { Place } from './cursor.ts';
import { zoneOf, keptZones } from './zones.ts';
import { span, spanOfMoves, lineageOf, recordOf, movesMade, attributed } from './span.ts';
import { dropAttained, keepAttained } from './attained.ts';

const factBatch = 5000;
const entryBatch = 20_000;

/** Takes the next edits of the facts of cases. False when there was none. */
export function followFacts(pool: pg.Pool): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const from = await lockCursor(client, 'case-facts');
    const { rows } = await client.query<Place & { id: string; provider: string }>(
      `select record_id as id, provider_id as provider, transaction, edit as place
       from core.case_fact
       where (transaction, edit) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot())
       order by transaction, edit
       limit ${factBatch}`,
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
const zonesOfFacts = keptZones(given);

const daysOfFacts = `with facts as (
    select f.provider_id,
      f.record_id,
      (f.opened_at at time zone coalesce(z.zone, 'UTC'))::date as opened_day,
      (f.ended_at at time zone coalesce(z.zone, 'UTC'))::date as restored_day
    from ${given}
    left join improvement.zone z on ${zoneOf}),
    before as (select d.* from improvement.incident_day d join facts using (provider_id, record_id)),
    kept as (
      insert into improvement.incident_day (provider_id, record_id, opened_day, restored_day)
      select *
      from facts
      on conflict (provider_id, record_id)
      do update set opened_day = excluded.opened_day, restored_day = excluded.restored_day),
    both_times as (select * from facts union all select * from before)
  insert into improvement.touched (provider_id, source, day)
  select provider_id, 'opened', opened_day
  from both_times
  union
  select provider_id, 'restored', restored_day
  from both_times
  where restored_day is not null
  union
  select s.provider_id, k.source, s.day
  from improvement.step_day s
  join facts f on f.provider_id = s.provider_id and f.record_id = s.lineage_id
  cross join ${stepSources}
  on conflict do nothing`;

/** Takes the next journal entries: steps, decisions, packages, measured values. `backMoves` are "type move". False when there was none. */
export function followJournal(pool: pg.Pool, backMoves: readonly string[]): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const from = await lockCursor(client, 'journal');
    const { rows } = await client.query<Place>(
      `select transaction, seq as place
       from (
         select transaction, seq
         from core.journal
         where (transaction, seq) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot())
         order by transaction, seq
         limit ${entryBatch}) b
       order by transaction desc, seq desc
       limit 1`,
      [from.transaction, from.place],
    );
    const last = rows[0];
    if (!last) return false;
    const batch = [from.transaction, from.place, last.transaction, last.place];
    await client.query(zonesOfSteps, batch);
    await client.query(countSteps, [...batch, backMoves]);
    await client.query(dropDays, batch);
    await client.query(keepWaits, batch);
    await client.query(touchLineages, batch);
    await client.query(dropAttained, batch);
    await client.query(keepAttained, batch);
    await setCursor(client, 'journal', last);
    return true;
  });
}

const zonesOfSteps = `with ${attributed(spanOfMoves)}
  ${keptZones('steps f')}`;

const countSteps = `with ${attributed(spanOfMoves)},
    counted as (
      select f.provider_id,
        (f.occurred_at at time zone coalesce(z.zone, 'UTC'))::date as day,
        coalesce(f.service_id, ${nil}) as service_id,
        case when f.service_id is null then r.lineage_id else ${nil} end as lineage_id,
        f.only_customer as customer_id,
        r.stage,
        coalesce(sum(f.sign) filter (where f.kind = 'observed'), 0) as observed,
        coalesce(sum(f.sign) filter (where f.kind = 'observed' and f.move is not null), 0) as known,
        coalesce(sum(m.made * f.sign) filter (where f.kind <> 'observed'), 0) as moves,
        coalesce(sum(m.back * f.sign) filter (where f.kind <> 'observed'), 0) as back_moves
      from steps f ${movesMade} ${lineageOf}
      left join improvement.zone z on ${zoneOf}
      where r.stage <> 'party'
      group by 1, 2, 3, 4, 5, 6),
    kept as (
      insert into improvement.step_day as s (
        provider_id, day, service_id, lineage_id, customer_id, stage, observed, known, moves, back_moves)
      select *
      from counted
      on conflict (provider_id, day, service_id, lineage_id, customer_id, stage)
      do update set observed = s.observed + excluded.observed,
        known = s.known + excluded.known,
        moves = s.moves + excluded.moves,
        back_moves = s.back_moves + excluded.back_moves)
  insert into improvement.touched (provider_id, source, day)
  select distinct provider_id, k.source, day
  from counted
  cross join ${stepSources}
  on conflict do nothing`;

/** The days of cases that were taken back. */
const dropDays = `with ${span("j.edits ? '_takenBack'")},
    gone as (
      delete from improvement.incident_day d
      using span x
      where d.provider_id = x.provider_id and d.record_id = x.record_id
      returning d.provider_id, d.opened_day, d.restored_day)
  insert into improvement.touched (provider_id, source, day)
  select provider_id, 'opened', opened_day
  from gone
  union
  select provider_id, 'restored', restored_day
  from gone
  where restored_day is not null
  on conflict do nothing`;

const keepWaits = `with ${attributed(span('j.decision_id is not null'))},
    kept as (
      insert into improvement.gate_wait (
        provider_id, decision_id, day, gate, side, subject_id, lineage_id, customer_id, waited_days)
      select distinct on (d.provider_id, d.id) d.provider_id,
        d.id,
        (d.occurred_at at time zone 'UTC')::date,
        d.gate,
        d.side,
        d.subject_id,
        r.lineage_id,
        coalesce(d.customer_id, nullif(f.only_customer, ${nil})),
        extract(epoch from d.occurred_at - d.opened_at) / 86400
      from steps f
      cross join lateral (
        select *
        from core.decision x
        where x.provider_id = f.provider_id and x.id = f.decision_id
        offset 0) d ${recordOf('d.subject_id', 'd.provider_id', 'r')}
      order by d.provider_id, d.id
      on conflict do nothing
      returning provider_id, day)
  insert into improvement.touched (provider_id, source, day)
  select distinct provider_id, 'gates', day
  from kept
  on conflict do nothing`;

/** What a package is about may become known after its first steps: all of its lineage is then attributed anew. */
const touchLineages = `with ${span("j.record_type = 'service-package'")},
    lineages as (
      select distinct r.provider_id, r.lineage_id
      from span j ${recordOf('j.record_id', 'j.provider_id', 'r')})
  insert into improvement.touched (provider_id, source, day)
  select s.provider_id, k.source, s.day
  from improvement.step_day s
  join lineages using (provider_id, lineage_id)
  cross join ${stepSources}
  union
  select w.provider_id, 'gates', w.day
  from improvement.gate_wait w
  join lineages using (provider_id, lineage_id)
  on conflict do nothing`;

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
       select provider_id, 'opened', opened_day
       from improvement.incident_day
       union
       select provider_id, 'restored', restored_day
       from improvement.incident_day
       where restored_day is not null
       union
       select provider_id, 'gates', day
       from improvement.gate_wait
       union
       select provider_id, k.source, day
       from improvement.step_day
       cross join ${stepSources}
       union
       select provider_id, 'attained', day
       from improvement.attained
       union
       select provider_id, 'refusals', (at at time zone 'UTC')::date
       from core.refusal
       where provider_id is not null
       on conflict do nothing`,
    );
    await setCursor(client, 'definitions', { transaction: '0', place: fingerprint });
  });
}
