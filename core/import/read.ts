// A row of the source by its mapping: when it happened, its state and values, or why it cannot be read. Pure.
import type { RecordDefinition } from '../record/define/define.ts';
import type { Field } from '../record/define/fields.ts';
import type { FieldValues } from '../record/define/row.ts';
import type { ColumnRule, Mapping, StateMeaning } from './mapping.ts';
import { quoted } from './quoted.ts';
import type { SourceRow } from './rows.ts';
import { filled } from './template.ts';
import { timeReader } from './times.ts';
import type { TimeReader } from './times.ts';

/** Why a row is not taken. */
export interface Reject {
  line: number;
  key: string;
  reason: string;
}

/** Whom or what a row speaks of, by what the source calls it. */
export class Mention {
  readonly type: 'person' | 'team' | 'component';
  /** People of a customer and of the provider are two, unless the source has keys for them. */
  readonly side: 'customer' | 'provider' | null;
  readonly key: string;
  readonly name: string;
  /** The source tells them apart by a key. */
  readonly hasKey: boolean;

  constructor(of: Pick<Mention, 'type' | 'side' | 'key' | 'name' | 'hasKey'>) {
    this.type = of.type;
    this.side = of.side;
    this.key = of.key;
    this.name = of.name;
    this.hasKey = of.hasKey;
  }

  get id(): string {
    return `${this.type} ${this.side ?? ''} ${this.hasKey ? 'key' : 'name'} ${this.key}`;
  }
}

export interface TimedRow {
  line: number;
  /** Reads the row's cell by the name of its column; null for what means nothing. */
  cell: (column: string) => string | null;
  text: string;
  /** ISO instant. */
  at: string;
  order: number | null;
}

export interface ReadRow {
  line: number;
  at: string;
  order: number | null;
  state: string | null;
  /** What the word of its state tells besides. */
  besides: Readonly<Record<string, string>>;
  values: FieldValues;
  by: Mention | null;
}

export type Faulty = string;
export const isFaulty = (read: unknown): read is Faulty => typeof read === 'string';

/** Reads rows of one file whose cells stand in a known order. */
export interface RowReader {
  keyOf: (row: SourceRow) => string | null;
  timed: (row: SourceRow) => TimedRow | Faulty;
  values: (row: TimedRow) => ReadRow | Faulty;
  readTime: TimeReader;
}

const mostOfTitle = 300;
const mostOfName = 300;
const mostOfKey = 200;
// What PostgreSQL or the API takes in no text.
// oxlint-disable-next-line no-control-regex -- naming the control characters is the point
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** @param names the columns in the order of the cells */
export function rowReader(definition: RecordDefinition, mapping: Mapping, names: readonly string[]): RowReader {
  const readTime = timeReader(mapping.timeFormat, mapping.zone);
  if (!readTime) throw new Error(`${mapping.timeFormat} was not judged`);
  const columns = new Map(names.map((name, index) => [name, index]));
  const missing = new Set(mapping.missing);
  const meanings = new Map(Object.entries(mapping.state.values));
  const fields = Object.entries(mapping.fields).map(([name, rule]) =>
    fieldReader(name, rule, { definition, mapping, readTime }),
  );
  const by = mapping.by && partyReader(mapping.by);
  const cellOf = (cells: readonly string[], column: string): string | null => {
    const text = cells[columns.get(column) ?? -1] ?? '';
    return text === '' || missing.has(text) ? null : text;
  };
  return {
    readTime,
    keyOf: ({ cells }) => cellOf(cells, mapping.key),
    timed: ({ line, cells }) => {
      if (cells.length !== names.length) return `${cells.length} columns instead of ${names.length}`;
      const unfit = cells.findIndex(
        (text, index) => columns.get(names[index] ?? '') === index && (control.test(text) || !text.isWellFormed()),
      );
      if (unfit >= 0) return `${names[unfit]} holds a character that no text may hold: ${quoted(cells[unfit] ?? '')}`;
      const cell = (column: string) => cellOf(cells, column);
      const key = cell(mapping.key);
      if (key === null || key.trim() === '') return `${mapping.key} says nothing: the row belongs to no record`;
      if (key.length > mostOfKey) return `${mapping.key} is longer than ${mostOfKey} characters`;
      const text = cell(mapping.occurredAt) ?? '';
      const at = readTime(text);
      if (!at) return `${mapping.occurredAt} is no time: ${quoted(text)}`;
      return { line, cell, text, at, order: orderOf(mapping, cell) };
    },
    values: (row) => valuesOf(row, { mapping, meanings, fields, by }),
  };
}

function orderOf({ order }: Mapping, cell: TimedRow['cell']): number | null {
  const text = order === undefined ? null : cell(order);
  return text !== null && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
}

interface Compiled {
  mapping: Mapping;
  meanings: ReadonlyMap<string, StateMeaning>;
  fields: readonly FieldReader[];
  by: PartyReader | undefined;
}

function valuesOf({ line, cell, at, order }: TimedRow, { mapping, meanings, fields, by }: Compiled): ReadRow | Faulty {
  const word = cell(mapping.state.column);
  const told = meanings.get(word ?? '');
  if (!told) return `${mapping.state.column} has a value that the mapping does not know: ${quoted(word)}`;
  const { state, ...besides } = told;
  const values: FieldValues = { title: filled(mapping.title, cell, mostOfTitle) };
  for (const { name, inStates, read } of fields) {
    if (inStates && !(state !== null && inStates.has(state))) continue;
    const value = read(cell, at);
    if (value instanceof Unread) return value.reason;
    values[name] = value;
  }
  const who = by?.(cell) ?? null;
  if (who instanceof Unread) return who.reason;
  return { line, at, order, state, besides, values, by: who };
}

class Unread {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

interface FieldReader {
  name: string;
  inStates: ReadonlySet<string> | undefined;
  read: (cell: TimedRow['cell'], at: string) => unknown;
}

interface Reading {
  definition: RecordDefinition;
  mapping: Mapping;
  readTime: TimeReader;
}

function fieldReader(name: string, rule: ColumnRule, reading: Reading): FieldReader {
  const field = reading.definition.fields[name];
  if (!field) throw new Error(`${name} was not judged`);
  const inStates = rule.inStates && new Set(rule.inStates);
  const party = partyReader(rule);
  if (party) return { name, inStates, read: party };
  const words = rule.values && new Map(Object.entries(rule.values));
  return {
    name,
    inStates,
    read: (cell, at) => {
      const text = cell(rule.column);
      if (text === null) return null;
      const meant = words ? words.get(text) : text;
      if (meant === undefined)
        return new Unread(`${rule.column} has a value that the mapping does not know: ${quoted(text)}`);
      // The same words at the same moment say the same instant, in the hour that comes twice as well.
      if (field.kind === 'instant' && text === cell(reading.mapping.occurredAt)) return at;
      const value = valueIn(field, meant, reading);
      return value === undefined ? new Unread(unreadable(rule.column, field, text)) : value;
    },
  };
}

function unreadable(column: string, field: Field, text: string): string {
  if ((field.kind === 'text' || field.kind === 'longText') && text.length > field.max)
    return `${column} is longer than ${field.max.toLocaleString('en')} characters: ${quoted(text, 40)}`;
  return `${column} cannot be read: ${quoted(text)}`;
}

/** A text as the field's value; undefined where it is none. */
function valueIn(field: Field, text: string, { readTime, mapping }: Reading): unknown {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return text.length <= field.max ? text : undefined;
    case 'choice':
      return Object.hasOwn(field.options, text) ? text : undefined;
    case 'integer':
      return /^-?\d{1,9}$/.test(text) && isWithin(field, Number(text)) ? Number(text) : undefined;
    case 'decimal':
      return text.trim() !== '' && Number.isFinite(Number(text)) && isWithin(field, Number(text))
        ? Number(text)
        : undefined;
    case 'boolean':
      return yesOrNo(text);
    case 'instant':
      return readTime(text);
    case 'date': {
      const at = readTime(text);
      return at && Temporal.Instant.from(at).toZonedDateTimeISO(mapping.zone).toPlainDate().toString();
    }
    case 'person':
    case 'team':
    case 'reference':
    case 'customer':
    case 'list':
    case 'json':
    case 'money':
      return undefined;
  }
}

const isWithin = ({ min = -Infinity, max = Infinity }: { min?: number; max?: number }, value: number): boolean =>
  value >= min && value <= max;

function yesOrNo(text: string): boolean | undefined {
  if (/^(?:true|yes|1|t|y)$/i.test(text)) return true;
  return /^(?:false|no|0|f|n)$/i.test(text) ? false : undefined;
}

type PartyReader = (cell: TimedRow['cell']) => Mention | Unread | null;

/** Reads a person, team or component; nothing for a rule that speaks of none. */
function partyReader({ column, key: keyColumn, as }: ColumnRule): PartyReader | undefined {
  const kinds = {
    customer_person: { type: 'person', side: 'customer' },
    provider_person: { type: 'person', side: 'provider' },
    team: { type: 'team', side: null },
    component: { type: 'component', side: null },
  } as const;
  const kind = Object.entries(kinds).find(([name]) => name === as)?.[1];
  if (!kind) return undefined;
  return (cell) => {
    const told = cell(column)?.trim() || null;
    const key = keyColumn === undefined ? told : cell(keyColumn);
    const name = told ?? key;
    if (key === null || name === null) return null;
    if (name.length > mostOfName)
      return new Unread(`${column} is longer than ${mostOfName} characters: ${quoted(name, 40)}`);
    if (key.length > mostOfName)
      return new Unread(`${keyColumn ?? column} is longer than ${mostOfName} characters: ${quoted(key, 40)}`);
    return new Mention({ ...kind, key, name, hasKey: keyColumn !== undefined });
  };
}
