// History that comes from elsewhere: records with `observed` entries, written in batches by COPY. The lifecycle does not judge
// what a source says happened; a step it does not know is kept, and counted by who imports.
import type pg from 'pg';
import { entryColumns, sealEntry } from '../../journal/format/entry.ts';
import type { Json } from '../../journal/format/hash.ts';
import { copyLine, copyLines } from '../define/copy.ts';
import { hashContent, journalEdits, searchText } from '../define/content.ts';
import type { PersonalValue } from '../define/content.ts';
import type { RecordDefinition } from '../define/define.ts';
import { fieldsOf } from '../define/define.ts';
import { tableColumns, toColumns } from '../define/row.ts';
import type { RecordData } from '../define/data.ts';
import type { FieldValues } from '../define/row.ts';
import { committed } from '../edit/save.ts';
import type { Work } from '../define/work.ts';

/** One thing that the source says happened. */
export interface ObservedStep {
  /** ISO instant, by the source. */
  occurredAt: string;
  to: string | null;
  move: string | null;
  /** New values of fields, and of `title`. The first step gives all that differ from null. */
  values: FieldValues;
  /** What its entry tells besides: of lists that are kept beside the record. */
  beside?: Readonly<Record<string, Json>>;
  /** Who did it, by the source: a person's id. */
  by: string | null;
}

export interface ObservedRecord {
  id: string;
  number: number;
  customers: readonly string[];
  steps: readonly ObservedStep[];
  /** The source's own key of it. */
  source: string;
}

/** How a record stands that further steps are added to. */
export type Standing = Pick<
  RecordData,
  | 'title'
  | 'state'
  | 'version'
  | 'owner'
  | 'profile'
  | 'fields'
  | 'commitments'
  | 'headHash'
  | 'ref'
  | 'lineage'
  | 'createdAt'
>;

export interface Lines {
  header: string[];
  row: string[];
  journal: string[];
  personal: string[];
  /** Headers and rows that stand already, as they stand afterwards: by column. */
  headers: Record<string, unknown>[];
  rows: Record<string, unknown>[];
}

const headerColumns = [
  'provider_id',
  'id',
  'type',
  'number',
  'ref',
  'title',
  'state',
  'stage',
  'version',
  'customers',
  'owner_id',
  'lineage_id',
  'profile',
  'content_hash',
  'head_hash',
  'commitments',
  'search_text',
  'created_at',
  'updated_at',
];

/** What a record is, from its birth on. */
const bornWith: ReadonlySet<string> = new Set([
  'provider_id',
  'id',
  'type',
  'number',
  'ref',
  'stage',
  'lineage_id',
  'profile',
  'created_at',
]);

/**
 * Seals a record's steps into journal entries and rows, as lines for COPY; where it stands already they continue its journal.
 */
export function sealObserved(
  work: Pick<Work, 'caller' | 'now' | 'cause'>,
  definition: RecordDefinition,
  record: ObservedRecord,
  lines: Lines,
  standing?: Standing,
): void {
  const { providerId } = work.caller.principal;
  const now = standing ?? unborn(definition, record);
  const fields: FieldValues = { ...now.fields };
  const personal: PersonalValue[] = [];
  let { title, state, commitments } = now;
  let head: string | null = standing ? standing.headHash : null;
  let contentHash = '';
  record.steps.forEach((step, index) => {
    const isFirst = !standing && index === 0;
    const before = isFirst ? null : state;
    const { title: newTitle, ...values } = step.values;
    if (typeof newTitle === 'string') title = newTitle;
    Object.assign(fields, values);
    if (step.to !== null) state = step.to;
    const told = journalEdits(definition, step.values);
    personal.push(...told.personal);
    commitments = committed(commitments, step.values, told.personal);
    contentHash = hashContent(definition, {
      id: record.id,
      title,
      customers: record.customers,
      owner: now.owner,
      profile: now.profile,
      fields,
      commitments,
    });
    const birth = isFirst ? born(record, now) : {};
    const entry = sealEntry(work, {
      recordId: record.id,
      recordType: definition.type,
      version: now.version + index + 1,
      kind: 'observed',
      occurredAt: step.occurredAt,
      move: step.move,
      from: before === state ? null : before,
      to: before === state ? null : state,
      edits: { ...told.edits, ...birth, ...step.beside, ...(step.by ? { _by: step.by } : {}) },
      source: record.source,
      contentHash,
      previousHash: head,
    });
    head = entry.hash;
    lines.journal.push(copyLine(entry.values));
  });
  const first = record.steps[0];
  const last = record.steps.at(-1);
  if (!first || !last) throw new Error(`${record.source}: an observed record has at least one step`);
  const header = [
    providerId,
    record.id,
    definition.type,
    record.number,
    now.ref,
    title,
    state,
    definition.stage,
    now.version + record.steps.length,
    record.customers,
    now.owner,
    now.lineage,
    now.profile,
    contentHash,
    head,
    JSON.stringify(commitments),
    searchText(definition, now.ref, title, fields),
    standing ? standing.createdAt : first.occurredAt,
    last.occurredAt,
  ];
  const row = [providerId, record.id, state, ...toColumns(definition, fields)];
  if (standing) {
    lines.headers.push({ ...byColumn(headerColumns, header), commitments });
    lines.rows.push(withLists(definition, byColumn(rowColumns(definition), row)));
  } else {
    lines.header.push(copyLine(header));
    lines.row.push(copyLine(row));
  }
  for (const each of personal)
    lines.personal.push(
      copyLine([providerId, record.id, each.commitment, each.field, each.salt, JSON.stringify(each.value)]),
    );
}

const byColumn = (columns: readonly string[], values: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((name, index) => [name, values[index] ?? null]));

/** What COPY takes as text of JSON stands as what it is in a row that is JSON itself. */
function withLists(definition: RecordDefinition, row: Record<string, unknown>): Record<string, unknown> {
  const lists = tableColumns(definition).filter(({ type }) => type === 'jsonb');
  const parsed = lists.map(({ name }) => [
    name,
    typeof row[name] === 'string' ? (JSON.parse(row[name]) as Json) : null,
  ]);
  return { ...row, ...Object.fromEntries(parsed) };
}

const rowColumns = (definition: RecordDefinition): string[] => [
  'provider_id',
  'id',
  'state',
  ...tableColumns(definition).map((column) => column.name),
];

/** A record that no entry tells of yet. */
function unborn(
  definition: RecordDefinition,
  { id, number }: ObservedRecord,
): Omit<Standing, 'headHash' | 'createdAt'> {
  return {
    title: '',
    state: definition.lifecycle.initial,
    version: 0,
    owner: null,
    profile: null,
    fields: Object.fromEntries(fieldsOf(definition).map(([name]) => [name, null])),
    commitments: {},
    ref: `${definition.prefix}-${number}`,
    lineage: id,
  };
}

/** What the first entry tells of its header. */
const born = (
  record: ObservedRecord,
  { ref, lineage, owner, profile }: Pick<Standing, 'ref' | 'lineage' | 'owner' | 'profile'>,
): Record<string, Json> => ({
  _customers: [...record.customers],
  _owner: owner,
  _ref: ref,
  _number: record.number,
  _lineage: lineage,
  _profile: profile,
});

export const noLines = (): Lines => ({ header: [], row: [], journal: [], personal: [], headers: [], rows: [] });

/** Writes sealed records; the caller's transaction makes them one step. */
export async function writeLines(client: pg.ClientBase, definition: RecordDefinition, lines: Lines): Promise<void> {
  await copyLines(client, definition.table, rowColumns(definition).join(', '), lines.row);
  await copyLines(client, 'core.record', headerColumns.join(', '), lines.header);
  await rewrite(client, definition.table, rowColumns(definition).slice(2), lines.rows);
  const altering = headerColumns.filter((name) => !bornWith.has(name));
  await rewrite(client, 'core.record', altering, lines.headers);
  await copyLines(
    client,
    'core.personal_value',
    'provider_id, record_id, commitment, field, salt, value',
    lines.personal,
  );
  await copyLines(client, 'core.journal', entryColumns, lines.journal);
}

/** Rows that stand already, with some of their columns anew. */
async function rewrite(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (!rows.length) return;
  await client.query(
    `update ${table} t
     set ${columns.map((name) => `${name} = x.${name}`).join(', ')}
     from jsonb_populate_recordset(null::${table}, $1) x
     where t.provider_id = x.provider_id and t.id = x.id`,
    [JSON.stringify(rows)],
  );
}
