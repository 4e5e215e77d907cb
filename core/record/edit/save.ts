import { entryColumns, placeholders } from '../../journal/format/entry.ts';
import type { NewEntry } from '../../journal/format/entry.ts';
import type { Json } from '../../journal/format/hash.ts';
import { hashContent, journalEdits, searchText } from '../define/content.ts';
import type { Content } from '../define/content.ts';
import type { NextMove, RecordData, RecordOf } from '../define/data.ts';
import type { FieldsOf, RecordDefinition } from '../define/define.ts';
import { isEdit, sealLast, tell } from '../act/entries.ts';
import { keepPersonal } from './personal.ts';
import { itemsOf } from '../read/read-items.ts';
import { reassertLinks } from '../relate/relate.ts';
import { columnsOf, toColumns } from '../define/row.ts';
import type { FieldValues } from '../define/row.ts';
import type { ServerRecord, Work } from '../define/work.ts';

export interface Edit<F extends object = FieldValues> {
  fields?: Partial<F>;
  title?: string;
  owner?: string | null;
  customers?: string[];
  state?: string;
  items?: Content['items'];
  /** Edits of the journal that are no fields (items, evidence). */
  extra?: Record<string, Json>;
  entry: Pick<NewEntry, 'kind'> & Partial<NewEntry>;
  /** Its links are asserted anew: whoever made the edit took them as the record now reads. */
  reasserts?: boolean;
  /** What will happen to it by itself from now on; absent: what was to happen. */
  next?: NextMove | null;
  /** The act does nothing more to this record: its entry is written in the same statement. */
  last?: boolean;
}

/**
 * Saves an edit of a locked record: row and header in one statement, and what the act's entry tells of it. The version goes
 * up by one an act, and stays where nothing was edited that an editor must have seen.
 */
export async function save<D extends RecordDefinition>(
  work: Work,
  record: ServerRecord<D>,
  before: RecordOf<D>,
  edit: Edit<FieldsOf<D>>,
): Promise<RecordOf<D>>;
export async function save(
  work: Work,
  { definition }: ServerRecord,
  before: RecordData,
  edit: Edit,
): Promise<RecordData> {
  const fields = { ...before.fields, ...edit.fields };
  const state = edit.state ?? before.state;
  const touched = { ...(edit.title === undefined ? {} : { title: edit.title }), ...edit.fields };
  const { edits, personal } = journalEdits(definition, touched);
  const commitments = committed(before.commitments, touched, personal);
  const after: RecordData = {
    ...before,
    fields,
    commitments,
    state,
    title: edit.title ?? before.title,
    owner: edit.owner === undefined ? before.owner : edit.owner,
    customers: edit.customers ?? before.customers,
  };
  const items = edit.items ?? (definition.checklist ? await itemsOf(work.client, before) : undefined);
  after.contentHash = hashContent(definition, { ...after, ...(items ? { items } : {}) });
  const header: Record<string, Json> = {
    ...(edit.owner === undefined ? {} : { _owner: edit.owner }),
    ...(edit.customers === undefined ? {} : { _customers: edit.customers }),
  };
  after.version = tell(work, before, {
    from: state === before.state ? null : before.state,
    to: state === before.state ? null : state,
    ...edit.entry,
    edits: { ...edits, ...header, ...edit.extra },
    contentHash: after.contentHash,
  });
  if (isEdit(edit.entry.kind, edit.extra)) after.updatedAt = work.now;
  if (edit.next !== undefined) after.next = edit.next;
  if (edit.reasserts) await reassertLinks(work, after);
  const sealed = edit.last ? sealLast(work, before.id) : undefined;
  if (sealed) after.headHash = sealed.hash;
  await write(work, { definition }, after, Object.keys(edit.fields ?? {}), sealed?.values);
  if (personal.length) await keepPersonal(work, before.id, personal);
  return after;
}

/** The commitments that stand once some fields have new values. */
export function committed(
  before: Readonly<Record<string, string>>,
  touched: Readonly<Record<string, unknown>>,
  personal: readonly { field: string; commitment: string }[],
): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !(name in touched)));
  return { ...kept, ...Object.fromEntries(personal.map((each) => [each.field, each.commitment])) };
}

async function write(
  work: Work,
  { definition }: Pick<ServerRecord, 'definition'>,
  after: RecordData,
  names: readonly string[],
  entry: readonly unknown[] | undefined,
): Promise<void> {
  const partial = {
    ...definition,
    fields: Object.fromEntries(Object.entries(definition.fields).filter(([name]) => names.includes(name))),
  };
  const columns = Object.entries(partial.fields).flatMap(([name, field]) => columnsOf(name, field));
  const header = [
    after.providerId,
    after.id,
    after.title,
    after.state,
    after.version,
    after.customers,
    after.owner,
    after.contentHash,
    after.headHash,
    JSON.stringify(after.commitments),
    searchText(definition, after.ref, after.title, after.fields),
    after.updatedAt,
    after.next?.move ?? null,
    after.next?.at ?? null,
  ];
  const row = toColumns(partial, after.fields);
  const sets = ['state = $4', ...columns.map((column, index) => `${column.name} = $${header.length + index + 1}`)];
  const written = entry
    ? `entry as (
        insert into core.journal (${entryColumns})
        values (${placeholders(entry.length, header.length + row.length + 1)}))
      select pg_notify('journal', '')`
    : 'told as (select 1) select from told';
  await work.client.query({
    text: `with header as (
        update core.record
        set title = $3, state = $4, version = $5, customers = $6, owner_id = $7, content_hash = $8, head_hash = $9,
          commitments = $10, search_text = $11, updated_at = $12, next_move = $13, next_move_at = $14
        where provider_id = $1 and id = $2),
      row as (
        update ${definition.table}
        set ${sets.join(', ')}
        where provider_id = $1 and id = $2),
      ${written}`,
    values: [...header, ...row, ...(entry ?? [])],
  });
}
