// What `verify` finds that leads nowhere: whatever names a record or a person that is not there.
import type pg from 'pg';
import { systemId } from '../permission/principal.ts';
import { fieldsOf, snakeCase } from '../record/define/define.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { namedTypes } from '../record/define/references.ts';
import type { Difference } from './fold.ts';

interface Naming {
  table: string;
  column: string;
  /** What names it, as a difference tells. */
  what: string;
  /** Whose difference it is. */
  of: string;
}

/** Columns of core that name a record, and what they are called. */
const ofCore: readonly Naming[] = [
  ['core.api_key', 'person_id', 'an API key', 'id'],
  ['core.sign_in', 'person_id', 'an account', 'person_id'],
  ['core.claim', 'person_id', 'a one-time link', 'id'],
  ['core.claim', 'customer_id', 'a one-time link', 'id'],
  ['core.claim', 'made_by', 'who made a one-time link', 'id'],
  ['core.claim', 'used_by', 'who used a one-time link', 'id'],
  ['core.link', 'from_id', 'a link from it', 'id'],
  ['core.link', 'to_id', 'a link', 'id'],
  ['core.record', 'owner_id', 'an owner', 'id'],
  ['core.decision', 'subject_id', 'a decision', 'id'],
  ['core.decision', 'decided_by', 'who decided', 'id'],
  ['core.decision', 'on_behalf_of', 'who lent the right to decide', 'id'],
  ['core.decision', 'delegation_id', 'a decision by a loan', 'id'],
  ['core.decision', 'customer_id', 'a decision for it', 'id'],
  ['core.condition', 'subject_id', 'a condition', 'id'],
  ['core.condition', 'owner_id', 'the owner of a condition', 'id'],
  ['core.evidence', 'subject_id', 'an attestation', 'id'],
  ['core.evidence', 'attested_by', 'who attested', 'id'],
  ['core.item', 'record_id', 'an item of a checklist', 'record_id'],
  ['core.note', 'record_id', 'a note', 'id'],
  ['core.note', 'author_id', 'who wrote a note', 'id'],
  ['core.file', 'record_id', 'a file', 'id'],
  ['core.clock', 'record_id', 'a clock', 'record_id'],
  ['core.lineage_side', 'person_id', 'a side on a lineage', 'lineage_id'],
  ['core.share', 'record_id', 'a question of sharing', 'id'],
  ['core.share', 'customer_id', 'a question of sharing', 'id'],
].map(([table = '', column = '', what = '', of = '']) => ({ table, column, what, of }));

const most = 100;

/** The system has no record of its own, and is named where it wrote. */
const isGone = (provider: string, id: string) =>
  `${id} <> '${systemId}' and not exists (select from core.record r where r.provider_id = ${provider} and r.id = ${id})`;

/** Of a table's column: the ids in it that no record has. */
const byColumn = ({ table, column, what, of }: Naming) =>
  `select t.${of} as id, t.${column}::text as named, '${what}' as what
   from ${table} t
   where t.${column} is not null
     and ${isGone('t.provider_id', `t.${column}`)}`;

/** Of a list's part: the same. */
const byPart = (table: string, list: string, part: string, what: string) =>
  `select t.id, each ->> '${part}' as named, '${what}' as what
   from ${table} t
   cross join jsonb_array_elements(coalesce(t.${list}, '[]')) each
   where each ->> '${part}' is not null
     and ${isGone('t.provider_id', `(each ->> '${part}')::uuid`)}`;

/** Customers that a header shares with. */
const byHeader = `select t.id, shared::text as named, 'with whom it is shared' as what
   from core.record t
   cross join unnest(t.customers) shared
   where ${isGone('t.provider_id', 'shared')}`;

function byFields(definition: RecordDefinition): string[] {
  const { table, type } = definition;
  return fieldsOf(definition).flatMap(([name, field]) => {
    const column = snakeCase(name);
    const what = `${name} of a ${type}`;
    if (field.kind === 'list')
      return Object.entries(field.items).flatMap(([part, item]) =>
        namedTypes(item).length ? [byPart(table, column, part, `${part} in ${what}`)] : [],
      );
    return namedTypes(field).length ? [byColumn({ table, column, what, of: 'id' })] : [];
  });
}

/** Rights, links, keys, loans, decisions, fields and the like that name what is gone. */
export async function nowhere(client: pg.PoolClient, definitions: readonly RecordDefinition[]): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const text of [...ofCore.map(byColumn), byHeader, ...definitions.flatMap(byFields)]) {
    const { rows } = await client.query<{ id: string; named: string; what: string }>(`${text} limit ${most}`);
    found.push(
      ...rows.map(({ id, named, what }) => ({ record: id, what: `${what} leads to ${named}, which is gone` })),
    );
  }
  return found;
}
