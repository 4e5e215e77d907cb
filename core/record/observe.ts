// History that comes from elsewhere: records with `observed` entries, written in batches by COPY. The lifecycle does not judge
// what a source says happened; a step it does not know is kept, and counted by who imports.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { entryColumns, sealEntry } from '../journal/entry.ts';
import type { Json } from '../journal/hash.ts';
import { copyLine, copyLines } from './copy.ts';
import { hashContent, journalEdits, searchText } from './content.ts';
import type { PersonalValue } from './content.ts';
import type { RecordDefinition } from './define.ts';
import { fieldsOf } from './define.ts';
import { tableColumns, toColumns } from './row.ts';
import type { FieldValues } from './row.ts';
import type { Work } from './work.ts';

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

/** The id of what a source calls by a key: always the same, so that importing twice finds what is there. A version 8 UUID (RFC 9562). */
export function observedId(providerId: string, source: string, key: string): string {
  const hex = createHash('sha256').update(`${providerId}\n${source}\n${key}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface Lines {
  header: string[];
  row: string[];
  journal: string[];
  personal: string[];
}

const headerColumns = `provider_id, id, type, number, ref, title, state, stage, version, customers, owner_id, lineage_id, profile, content_hash, head_hash, commitments, search_text, created_at, updated_at`;

/** Seals a record's steps into journal entries and rows, as lines for COPY. */
export function sealObserved(
  work: Pick<Work, 'caller' | 'now' | 'cause'>,
  definition: RecordDefinition,
  record: ObservedRecord,
  lines: Lines,
): void {
  const { providerId } = work.caller.principal;
  const ref = `${definition.prefix}-${record.number}`;
  const fields: FieldValues = Object.fromEntries(fieldsOf(definition).map(([name]) => [name, null]));
  const personal: PersonalValue[] = [];
  let commitments: Record<string, string> = {};
  let title = '';
  let state = definition.lifecycle.initial;
  let head: string | null = null;
  let contentHash = '';
  record.steps.forEach((step, index) => {
    const before = index === 0 ? null : state;
    const { title: newTitle, ...values } = step.values;
    if (typeof newTitle === 'string') title = newTitle;
    Object.assign(fields, values);
    if (step.to !== null) state = step.to;
    const told = journalEdits(definition, step.values);
    if (told.personal.length) {
      personal.push(...told.personal);
      commitments = {
        ...commitments,
        ...Object.fromEntries(told.personal.map((each) => [each.field, each.commitment])),
      };
    }
    contentHash = hashContent(definition, {
      id: record.id,
      title,
      customers: record.customers,
      owner: null,
      profile: null,
      fields,
      commitments,
    });
    const birth: Record<string, Json> =
      index === 0
        ? {
            _customers: [...record.customers],
            _owner: null,
            _ref: ref,
            _number: record.number,
            _lineage: record.id,
            _profile: null,
          }
        : {};
    const entry = sealEntry(work, {
      recordId: record.id,
      recordType: definition.type,
      version: index + 1,
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
  lines.header.push(
    copyLine([
      providerId,
      record.id,
      definition.type,
      record.number,
      ref,
      title,
      state,
      definition.stage,
      record.steps.length,
      record.customers,
      null,
      record.id,
      null,
      contentHash,
      head,
      JSON.stringify(commitments),
      searchText(definition, ref, title, fields),
      first.occurredAt,
      last.occurredAt,
    ]),
  );
  lines.row.push(copyLine([providerId, record.id, state, ...toColumns(definition, fields)]));
  for (const each of personal)
    lines.personal.push(
      copyLine([providerId, record.id, each.commitment, each.field, each.salt, JSON.stringify(each.value)]),
    );
}

export const noLines = (): Lines => ({ header: [], row: [], journal: [], personal: [] });

/** Writes sealed records; the caller's transaction makes them one step. */
export async function writeLines(client: pg.ClientBase, definition: RecordDefinition, lines: Lines): Promise<void> {
  await copyLines(
    client,
    definition.table,
    ['provider_id', 'id', 'state', ...tableColumns(definition).map((column) => column.name)].join(', '),
    lines.row,
  );
  await copyLines(client, 'core.record', headerColumns, lines.header);
  await copyLines(
    client,
    'core.personal_value',
    'provider_id, record_id, commitment, field, salt, value',
    lines.personal,
  );
  await copyLines(client, 'core.journal', entryColumns, lines.journal);
}
