// What `verify` asks in sets rather than record by record: rows that nothing accounts for.
import type pg from 'pg';
import type { ServerRecord } from '../record/define/work.ts';
import type { Difference } from './fold.ts';

/** Rows of a type's table without a header, and headers without a row. */
export async function orphans(client: pg.PoolClient, { definition }: ServerRecord): Promise<Difference[]> {
  const { rows } = await client.query<{ id: string; header: boolean }>(
    `select coalesce(r.id, t.id) as id, r.id is not null as header
     from (select * from core.record where type = $1) r
     full join ${definition.table} t on t.provider_id = r.provider_id and t.id = r.id
     where r.id is null or t.id is null
     limit 100`,
    [definition.type],
  );
  return rows.map((row) => ({
    record: row.id,
    what: row.header
      ? `a ${definition.type} has a header and no row in ${definition.table}`
      : `${definition.table} has a row without a header`,
  }));
}

/** Rows of core that no entry and no record accounts for. */
export async function strays(client: pg.PoolClient, types: readonly string[]): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const text of questions) {
    const values = text.includes('$1') ? [types] : [];
    const { rows } = await client.query<{ id: string; what: string }>(`${text} limit 100`, values);
    found.push(...rows.map((row) => ({ record: row.id, what: row.what })));
  }
  return found;
}

const journalOf = (alias: string, id: string) =>
  `core.journal j where j.provider_id = ${alias}.provider_id and j.record_id = ${id}`;

const questions = [
  `select r.id, 'a header of a type that is none: ' || r.type as what
   from core.record r
   where r.type <> all($1::text[])`,
  // Whoever reads by a place that no entry has misses what comes before it. Of before a restore a place tells nothing.
  `select c.name as id, 'reads the journal from a place that no entry has' as what from core.cursor c
   where c.transaction > '0'
     and not exists (select from core.journal j where j.transaction = c.transaction and j.seq = c.seq)`,
  `select distinct j.record_id as id, 'the journal tells of it, and it is gone' as what from core.journal j
     where not exists (select from core.record r where r.provider_id = j.provider_id and r.id = j.record_id)
       and not exists (
         select
         from core.journal k
         where k.provider_id = j.provider_id and k.record_id = j.record_id and k.edits ? '_takenBack')`,
  `select s.record_id as id, 'a key in ' || s.system || ' leads to it, and it is gone' as what
     from core.source_key s
     where not exists (select from core.record r where r.provider_id = s.provider_id and r.id = s.record_id)`,
  // A decision from before its end was told by an entry of its own: a move or withdrawal of the same instant must account for it.
  `select x.decision_id as id, 'the decision was ended, and no journal entry tells of it' as what
   from core.decision_end x
   where not exists (
     select
     from core.decision d
     join core.journal j on j.provider_id = d.provider_id
       and j.record_id = d.subject_id
       and j.occurred_at = x.at
     left join core.decision w on w.provider_id = j.provider_id and w.id = j.decision_id
     where d.provider_id = x.provider_id
       and d.id = x.decision_id
       and case x.state when 'revoked' then w.gate = d.gate
       and w.outcome = 'withdraw' else j.kind = 'moved' end)`,
  `select w.id, 'a withdrawal, and the decision that it ended stands' as what
   from core.decision w
   where w.outcome = 'withdraw'
     and not exists (
       select
       from core.decision_end x
       join core.decision d on d.provider_id = x.provider_id and d.id = x.decision_id
       where x.provider_id = w.provider_id
         and x.state = 'revoked'
         and x.at = w.occurred_at
         and d.subject_id = w.subject_id
         and d.gate = w.gate)`,
  // Its journal entry is of the instant it was recorded at; no decision is dated back (model R7).
  `select d.id, 'the decision was recorded at another instant than its journal entry tells' as what
   from core.decision d
   where not exists (
     select
     from ${journalOf('d', 'd.subject_id')} and j.decision_id = d.id and j.recorded_at = d.recorded_at)`,
  // Whoever has a side on a lineage did something on it at that instant.
  `select s.lineage_id as id, 'a side on the lineage, and no act of that person that fixed it' as what
   from core.lineage_side s
   where not exists (
     select
     from core.record r
     join core.journal j on j.provider_id = r.provider_id
       and j.record_id = r.id
       and j.actor_id = s.person_id
       and j.recorded_at = s.since
     where r.provider_id = s.provider_id
       and r.lineage_id = s.lineage_id
       and (not j.edits ? '_side' or j.edits ->> '_side' = s.side))`,
  // A decision is never made for another side than the one its decider first acted for along the lineage (SD10).
  `select d.id, 'the side of its decider on the lineage stands otherwise' as what
   from core.decision d
   join core.record r on r.provider_id = d.provider_id and r.id = d.subject_id
   where r.stage not in ('party', 'operation')
     and not exists (
       select
       from core.lineage_side s
       where s.provider_id = d.provider_id
         and s.lineage_id = r.lineage_id
         and s.person_id = d.decided_by
         and s.side = d.side)`,
  // An account comes by a one-time link, whose use the person's journal tells.
  `select s.person_id as id, 'an account of it stands, and no journal entry tells how it came' as what
   from core.sign_in s
   where not exists (
     select
     from ${journalOf('s', 's.person_id')} and j.edits -> '_link' ->> 'usedBy' = s.person_id::text)`,
  // Who made a customer's one-time link and who used it stand in the customer's journal.
  `select j.record_id as id, 'its claim by a one-time link stands otherwise' as what
   from core.journal j
   where j.record_type = 'customer'
     and j.edits ? '_claim'
     and not exists (
       select
       from core.claim c
       where c.provider_id = j.provider_id
         and c.customer_id = j.record_id
         and c.used_by::text = j.edits -> '_claim' ->> 'usedBy'
         and c.made_by::text is not distinct from j.edits -> '_claim' ->> 'madeBy')`,
  `select c.customer_id as id, 'a one-time link of it was used, and no journal entry tells of it' as what
   from core.claim c
   where c.kind = 'customer'
     and c.used_at is not null
     and not exists (
       select
       from ${journalOf('c', 'c.customer_id')} and j.edits -> '_claim' ->> 'usedBy' = c.used_by::text)`,
];
