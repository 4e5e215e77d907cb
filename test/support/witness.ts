// Every test application's database witnesses the rule "one act, one entry": triggers note which records each transaction truly
// altered, and the end of the file compares that with the journal. So each story that a test tells is held to it.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { createRegistry } from '../../app/server/registry.ts';

/** Where each application leaves which acts it saw; the run as a whole must have seen all of them. */
export const actsFolder = join(import.meta.dirname, '../../test-results/acts');

/** Tables in which a record stands, with the column that names it. A link belongs to the record it starts from. */
const tables = (): (readonly [string, string])[] => [
  ...[...createRegistry().records.values()].map(({ definition }) => [definition.table, 'id'] as const),
  ['core.record', 'id'],
  ['core.link', 'from_id'],
  ['core.item', 'record_id'],
  ['core.evidence', 'subject_id'],
  ['core.decision', 'subject_id'],
  ['core.condition', 'subject_id'],
  ['core.personal_value', 'record_id'],
  ['core.clock', 'record_id'],
  ['core.note', 'record_id'],
  ['core.file', 'record_id'],
];

/** Makes the witness in a migrated database. It looks at what the application's role does, not at a test that tampers as owner. */
export async function installWitness(owner: pg.Pool): Promise<void> {
  await owner.query(`
    create schema witness;
    create table witness.altered (transaction xid8 not null, record_id uuid not null, primary key (transaction, record_id));
    create function witness.note() returns trigger language plpgsql security definer as $$
    begin
      if session_user <> current_user and (tg_op = 'INSERT' or old is distinct from new) then
        insert into witness.altered values (pg_current_xact_id(), (to_jsonb(new) ->> tg_argv[0])::uuid) on conflict do nothing;
      end if;
      return null;
    end $$;`);
  for (const [table, column] of tables())
    await owner.query(
      `create trigger witness after insert or update on ${table} for each row execute function witness.note('${column}')`,
    );
}

interface Fault {
  act: string;
  ref: string | null;
  kinds: string[] | null;
  moves: string[] | null;
  altered: boolean;
}

/** Acts that left another number of entries than one on a record they altered, or one on a record they did not. */
async function faults(owner: pg.Pool): Promise<Fault[]> {
  const { rows } = await owner.query<Fault>(`
    select coalesce(j.transaction, a.transaction)::text as act, r.ref, j.kinds, j.moves, a.record_id is not null as altered
    from (
      select transaction, record_id, count(*) as entries, array_agg(kind order by seq) as kinds, array_agg(move order by seq) as moves
      from core.journal
      where actor_kind is not null
      group by transaction, record_id) j
    full join witness.altered a on a.transaction = j.transaction and a.record_id = j.record_id
    left join core.record r on r.id = coalesce(j.record_id, a.record_id)
    where (coalesce(j.entries, 0) <> 1 or a.record_id is null)
      and not coalesce(j.kinds <@ array['observed'], false)
    order by 1, 2
    limit 20`);
  return rows;
}

/** Acts with more than one cause. */
async function parted(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ act: string }>(
    'select transaction::text as act from core.journal group by 1 having count(distinct cause) > 1',
  );
  return rows.map(({ act }) => act);
}

/** Leaves what was done, by record type, for the check over the whole run. */
async function rememberActs(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<{ type: string; name: string }>(`
    select distinct record_type as type, coalesce(move, kind) as name from core.journal
    union
    select record_type, jsonb_array_elements_text(edits -> '_then') from core.journal where edits ? '_then'`);
  mkdirSync(actsFolder, { recursive: true });
  writeFileSync(join(actsFolder, `${randomUUID()}.json`), JSON.stringify(rows));
}

/** Fails where an act in this database broke the rule. */
export async function checkWitness(owner: pg.Pool): Promise<void> {
  const [broken, causes] = [await faults(owner), await parted(owner)];
  await rememberActs(owner);
  if (broken.length) throw new Error(`Acts that did not leave one entry a record: ${JSON.stringify(broken, null, 2)}`);
  if (causes.length) throw new Error(`Acts with several causes: ${causes.join(', ')}`);
}
