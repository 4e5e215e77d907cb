// A first mapping of a file, guessed from the names of its columns and the words in them. Pure; a person judges it.
import { isCounted, waysToFill } from '../../import/fills.ts';
import type { RecordDefinition } from '../../record/define/define.ts';
import { fieldsOf } from '../../record/define/define.ts';
import type { Field } from '../../record/define/fields.ts';
import type { ColumnRule, LookedColumn, Mapping, StateMeaning } from './contract.ts';
import { patternsOf } from './times.ts';
import { lookup } from '../../names/lookup.ts';

/** A field that a column may fill, with what it may hold. */
export interface Fillable {
  name: string;
  field: Field;
  ways: readonly ColumnRule['as'][];
}

export function fillable(definition: RecordDefinition): Fillable[] {
  return fieldsOf(definition).flatMap(([name, field]) => {
    const ways = waysToFill(field);
    return ways && !isCounted(definition, name) ? [{ name, field, ways }] : [];
  });
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What sources call the parts that every mapping names, the likeliest first. */
const usual = {
  key: ['number', 'key', 'issuekey', 'id', 'ticket', 'ticketid', 'ref', 'reference', 'caseid', 'incidentid'],
  occurredAt: ['sysupdatedon', 'sysupdatedat', 'updated', 'updatedat', 'lastmodified', 'changed', 'date', 'timestamp'],
  openedAt: ['created', 'createdat', 'opened', 'openedat', 'createdon', 'opendate', 'reported'],
  order: ['sysmodcount', 'sequence', 'seq', 'version', 'revision'],
  state: ['state', 'status', 'incidentstate', 'problemstate'],
  title: ['title', 'summary', 'shortdescription', 'subject', 'name', 'description'],
  by: ['sysupdatedby', 'updatedby', 'changedby', 'author', 'modifiedby'],
} as const;

/** Other names of fields in sources, by the field's own. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = lookup({
  loggedAt: ['opened', 'openedat', 'created', 'createdat', 'createdon'],
  serviceRestoredAt: ['resolved', 'resolvedat', 'resolutiondate', 'restored'],
  assignee: ['assignedto', 'assignee', 'owner', 'agent'],
  caller: ['callerid', 'caller', 'reporter', 'requester', 'openedby', 'customer'],
  team: ['assignmentgroup', 'group', 'team', 'queue'],
  component: ['cmdbci', 'ci', 'component', 'asset', 'configurationitem'],
  source: ['contacttype', 'channel', 'source', 'medium'],
  resolution: ['closenotes', 'resolutionnotes', 'resolution', 'solution'],
  description: ['description', 'details', 'body'],
  sourceCode: ['closecode', 'closedcode', 'resolutioncode'],
});

function columnFor(columns: readonly LookedColumn[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = columns.find((column) => plain(column.name) === name && column.times === 1);
    if (found) return found.name;
  }
  return undefined;
}

const nothings: ReadonlySet<string> = new Set(['?', '-', '--', 'n/a', 'na', 'null', 'none', '(empty)', 'unknown']);

/** What a source's word stands for among our own: the same word, or one that holds it or is held by it. */
export function meaningOf(word: string, options: Readonly<Record<string, string>>): string | undefined {
  const asked = plain(word.replace(/^\d+\s*[-–:.]\s*/, ''));
  const all = Object.entries(options).map(([code, label]) => ({ code, words: [plain(code), plain(label)] }));
  const same = all.find(({ words }) => words.includes(asked) || words.includes(plain(word)));
  if (same || asked.length < 4) return same?.code;
  return all.find(({ words }) => words.some((own) => own.length >= 4 && (own.includes(asked) || asked.includes(own))))
    ?.code;
}

/** The words of a column, without those that mean nothing. */
export const wordsOf = (column: LookedColumn | undefined, missing: readonly string[]): string[] =>
  (column?.words ?? []).filter((word) => !missing.includes(word));

/** The states of a record in words, as the source may call them. */
export const stateLabels = ({ lifecycle: { states } }: RecordDefinition): Record<string, string> =>
  Object.fromEntries(Object.entries(states).map(([code, { label }]) => [code, label]));

/** What a state's word means. The schema's rest type claims the named key as well, which no value can obey. */
export const meaning = (state: string | null, besides: Readonly<Record<string, string>> = {}): StateMeaning =>
  ({ ...besides, state }) as StateMeaning;

export function guessStates(definition: RecordDefinition, words: readonly string[]): Mapping['state']['values'] {
  const labels = stateLabels(definition);
  return Object.fromEntries(words.map((word) => [word, meaning(meaningOf(word, labels) ?? null)]));
}

/** A column as a field takes it; words of a choice are guessed. */
export function ruleFor({ field, ways }: Fillable, column: LookedColumn, missing: readonly string[]): ColumnRule {
  const [as = 'text'] = ways;
  const rule = { column: column.name, as };
  if (field.kind !== 'choice') return rule;
  const values = wordsOf(column, missing).flatMap((word) => {
    const known = meaningOf(word, field.options);
    return known === undefined ? [] : [[word, known] as const];
  });
  return { ...rule, values: Object.fromEntries(values) };
}

function guessFields(definition: RecordDefinition, columns: readonly LookedColumn[], missing: readonly string[]) {
  const taken = new Set<string>();
  const fields: Mapping['fields'] = {};
  for (const each of fillable(definition)) {
    const names = [plain(each.name), plain(each.field.label), ...(alsoCalled[each.name] ?? [])];
    const name = columnFor(
      columns.filter((column) => !taken.has(column.name)),
      names,
    );
    const column = columns.find((one) => one.name === name);
    if (!column) continue;
    taken.add(column.name);
    fields[each.name] = ruleFor(each, column, missing);
  }
  return fields;
}

interface Guessing {
  definition: RecordDefinition;
  columns: readonly LookedColumn[];
  fileName: string;
  /** IANA name of the zone in which one is. */
  zone: string;
}

/** A whole mapping to begin with. */
export function guessMapping({ definition, columns, fileName, zone }: Guessing): Mapping {
  const missing = [
    ...new Set(columns.flatMap(({ words }) => words.filter((word) => nothings.has(word.toLowerCase())))),
  ];
  const occurredAt = columnFor(columns, [...usual.occurredAt, ...usual.openedAt]) ?? '';
  const state = columnFor(columns, usual.state) ?? '';
  const title = columnFor(columns, usual.title);
  const order = columnFor(columns, usual.order);
  const by = columnFor(columns, usual.by);
  const find = (name: string) => columns.find((column) => column.name === name);
  return {
    format: 1,
    source: fileName
      .replace(/\..*$/, '')
      .replace(/[\d_\W]+$/, '')
      .slice(0, 60),
    zone,
    timeFormat: patternsOf(wordsOf(find(occurredAt), missing))[0] ?? '',
    missing,
    key: columnFor(columns, usual.key) ?? '',
    occurredAt,
    ...(order === undefined ? {} : { order }),
    state: { column: state, values: guessStates(definition, wordsOf(find(state), missing)) },
    title: title === undefined ? '' : `{${title}}`,
    ...(by === undefined ? {} : { by: { column: by, as: 'provider_person' as const } }),
    fields: guessFields(definition, columns, missing),
  };
}
