import { randomUUIDv7 } from 'node:crypto';
import { entryColumns, placeholders } from '../../journal/format/entry.ts';
import { sealLast, tell } from '../act/entries.ts';
import { roleRefusals, ruleRefusals, neededFacts } from '../define/decide.ts';
import { withArticle } from '../../refusal/article.ts';
import { kindOf, refuse, stop } from '../../refusal/refusal.ts';
import { createItems } from './items.ts';
import { hashContent, journalEdits, searchText } from '../define/content.ts';
import type { Profile } from '../../lifecycle/profile.ts';
import type { Header, RecordData, RecordOf } from '../define/data.ts';
import { fieldsOf } from '../define/define.ts';
import type { FieldsOf, RecordDefinition } from '../define/define.ts';
import { factSource, loadFacts } from './facts.ts';
import { keepPersonal } from './personal.ts';
import { linkAsPerson } from '../relate/relate.ts';
import { normalise, tableColumns, toColumns } from '../define/row.ts';
import type { FieldValues } from '../define/row.ts';
import { recordSchemas } from '../define/schema.ts';
import { readInput } from '../define/input-fault.ts';
import type { ServerRecord, Work } from '../define/work.ts';
import { rememberSide } from './lineage.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { ItemData } from '../define/checklist.ts';
import { loadContext } from './create-context.ts';
import { judgedNow } from './judged-now.ts';
import type { Principal } from '../../permission/principal.ts';
import { nextMoveOf } from './next-move.ts';

interface Standing {
  title: string;
  owner?: string | null;
  customers?: string[];
  profile?: Profile;
  links?: { type: string; from?: string; to?: string }[];
}

/** What a new record is given; of a type, the fields that it has. */
export type CreateInput<F extends object = FieldValues> = Standing & Partial<F>;

export interface CreateOptions<F extends object = FieldValues> {
  /** Made by another record's command: the maker's role was checked there. */
  byCommand?: true;
  /** Values of derived fields, which no caller may give. */
  derived?: Partial<F>;
  /** The record it descends from: lineage, customers and profile come from it where not given. */
  parent?: Pick<RecordData, 'id' | 'lineage' | 'customers' | 'profile'>;
  id?: string;
  state?: string;
}

/** Creates a record through the one door: checks, row, header and journal entry in one statement. Refuses by `stop`. */
export async function create<D extends RecordDefinition>(
  work: Work,
  record: ServerRecord<D>,
  input: CreateInput<FieldsOf<D>>,
  options?: CreateOptions<FieldsOf<D>>,
): Promise<RecordOf<D>>;
export async function create(
  call: Work,
  record: ServerRecord,
  input: CreateInput,
  options: CreateOptions = {},
): Promise<RecordData> {
  const { definition } = record;
  const read = readInput(recordSchemas(definition).create, input, 'The record');
  if (!read.ok) stop(refuse('invalid', ...read.faults));
  const work = options.byCommand ? call : await mayMake(call, definition);
  const { principal } = work.caller;
  const context = await loadContext(work, record, input, options);
  const fields: FieldValues = Object.fromEntries(
    fieldsOf(definition).map(([name, field]) => [
      name,
      normalise(field, field.derived ? options.derived?.[name] : (input[name] ?? options.derived?.[name])),
    ]),
  );
  Object.assign(fields, await record.commands?.prepare?.(work, fields));
  for (const each of record.commands?.derive ?? []) Object.assign(fields, each.values(fields));
  const id = options.id ?? randomUUIDv7();
  const data = newRecord(work, record, {
    id,
    fields,
    number: context.number,
    title: input.title,
    customers: context.customers,
    lineage: context.lineage ?? id,
    profile: context.profile,
    owner: input.owner === undefined ? (principal.kind === 'person' ? principal.id : null) : input.owner,
    state: options.state ?? definition.lifecycle.initial,
  });
  await checkRules(work, record, data, options);
  const items = definition.checklist ? await createItems(work, record, data) : undefined;
  const sided = principal.kind === 'person' ? await rememberSide(work, data, definition.lifecycle.create.who) : {};
  const also = await record.commands?.creating?.(work, data);
  Object.assign(data.fields, also?.fields);
  // Whom the caller named is a choice: what it is made with may take some off, and adds none.
  if (
    also?.customers &&
    (record.definition.rights || input.customers === undefined || !widens(also.customers, data.customers))
  )
    data.customers = also.customers;
  const next = await nextMoveOf(work, record, unborn, data);
  data.next = next.move;
  const last = !record.commands?.created && !input.links?.length && !options.byCommand;
  const saved = await insert(work, record, data, {
    ...(items ? { items } : {}),
    told: { ...sided, ...also?.extra, ...next.told },
    last,
  });
  for (const each of input.links ?? [])
    await linkAsPerson(work, { type: each.type, from: each.from ?? saved.id, to: each.to ?? saved.id });
  await record.commands?.created?.(work, saved);
  return saved;
}

/** The work as it is judged, by whoever has a role for it. Refuses by `stop`. */
async function mayMake(call: Work, definition: RecordDefinition): Promise<Work> {
  requireRole(call.caller.principal, definition);
  const work = await judgedNow(call, definition);
  if (work !== call) requireRole(work.caller.principal, definition);
  return work;
}

function requireRole({ kind, grants }: Principal, { lifecycle, label }: RecordDefinition): void {
  if (kind === 'system') return;
  const noRole = roleRefusals(lifecycle.create.who, grants, `create ${withArticle(label)}`);
  if (noRole.length) stop(refuse('forbidden', ...noRole));
}

const widens = (customers: readonly string[], chosen: readonly string[]): boolean =>
  customers.some((id) => !chosen.includes(id));

/** What is made comes into its first state from none. */
const unborn = { state: '', next: null };

async function checkRules(work: Work, record: ServerRecord, data: RecordData, options: CreateOptions): Promise<void> {
  const names = record.definition.lifecycle.create.rules ?? [];
  if (!names.length || options.byCommand) return;
  const facts = await loadFacts(factSource(work), record, data, neededFacts(names, record.rules));
  const { principal } = work.caller;
  const refusals = ruleRefusals(names, record.rules, {
    record: data,
    values: data.fields,
    facts,
    actor: principal,
    now: work.now,
  });
  if (refusals.length) stop(refuse(kindOf(refusals), ...refusals));
}

type Seed = Pick<Header, 'id' | 'title' | 'number' | 'customers' | 'owner' | 'state'> &
  Pick<RecordData, 'fields' | 'lineage' | 'profile'>;

function newRecord(work: Work, { definition }: ServerRecord, seed: Seed): RecordData {
  return {
    ...seed,
    type: definition.type,
    ref: `${definition.prefix}-${seed.number}`,
    stage: definition.stage,
    version: 1,
    createdAt: work.now,
    updatedAt: work.now,
    providerId: work.caller.principal.providerId,
    contentHash: '',
    headHash: '',
    commitments: {},
    next: null,
  };
}

interface Birth {
  items?: ItemData[];
  /** What the entry tells besides the fields. */
  told: Record<string, Json>;
  /** Nothing more is done to it in this act: its entry is written in the same statement. */
  last: boolean;
}

/** Writes row and header in one statement, and returns the record with its hashes. */
async function insert(
  work: Work,
  { definition }: ServerRecord,
  data: RecordData,
  { items, told, last }: Birth,
): Promise<RecordData> {
  const { edits, personal } = journalEdits(definition, { title: data.title, ...data.fields });
  const commitments = Object.fromEntries(personal.map((each) => [each.field, each.commitment]));
  const contentHash = hashContent(definition, { ...data, commitments, ...(items ? { items } : {}) });
  tell(
    work,
    { id: data.id, type: data.type, version: 0, headHash: null },
    {
      kind: 'created',
      to: data.state,
      contentHash,
      edits: {
        ...edits,
        _customers: data.customers,
        _owner: data.owner,
        _ref: data.ref,
        _number: data.number,
        _lineage: data.lineage,
        _profile: data.profile,
        ...(items ? { _items: items.map((item) => ({ ...item })) } : {}),
        ...told,
      },
    },
  );
  const sealed = last ? sealLast(work, data.id) : undefined;
  const columns = tableColumns(definition);
  const header = [
    data.providerId,
    data.id,
    data.type,
    data.number,
    data.ref,
    data.title,
    data.state,
    data.stage,
    1,
    data.customers,
    data.owner,
    data.lineage,
    data.profile,
    contentHash,
    sealed?.hash ?? '',
    JSON.stringify(commitments),
    searchText(definition, data.ref, data.title, data.fields),
    work.now,
    work.now,
    data.next?.move ?? null,
    data.next?.at ?? null,
  ];
  const row = [data.providerId, data.id, data.state, ...toColumns(definition, data.fields)];
  const entry = sealed?.values ?? [];
  const written = sealed
    ? `entry as (
        insert into core.journal (${entryColumns})
        values (${placeholders(entry.length, header.length + row.length + 1)}))
      select pg_notify('journal', '')`
    : 'told as (select 1) select from told';
  await work.client.query({
    name: `create ${definition.type}${sealed ? ' and tell' : ''}`,
    text: `with header as (
        insert into core.record (
          provider_id, id, type, number, ref, title, state, stage, version, customers, owner_id, lineage_id,
          profile, content_hash, head_hash, commitments, search_text, created_at, updated_at, next_move,
          next_move_at)
        values (${placeholders(header.length, 1)})),
        row as (
          insert into ${definition.table} (
            provider_id,
            id,
            state${columns.map((column) => `, ${column.name}`).join('')})
          values (${placeholders(row.length, header.length + 1)})),
        ${written}`,
    values: [...header, ...row, ...entry],
  });
  if (personal.length) await keepPersonal(work, data.id, personal);
  return { ...data, contentHash, headHash: sealed?.hash ?? '', commitments };
}
