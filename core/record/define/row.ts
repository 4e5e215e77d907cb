// Between a record's fields and the columns of its table.
import { fieldsOf, snakeCase } from './define.ts';
import type { RecordDefinition } from './define.ts';
import type { Field, Money } from './fields.ts';
import { lookup } from '../../names/lookup.ts';

export type FieldValues = Record<string, unknown>;

const typeOf: Record<Field['kind'], string> = lookup({
  text: 'text',
  longText: 'text',
  choice: 'text',
  integer: 'integer',
  decimal: 'double precision',
  money: 'bigint',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  person: 'uuid',
  team: 'uuid',
  customer: 'uuid',
  reference: 'uuid',
  list: 'jsonb',
  json: 'jsonb',
});

export interface Column {
  name: string;
  type: string;
}

/** The columns that hold a field: one, or two for money. */
export function columnsOf(name: string, field: Field): Column[] {
  const column = snakeCase(name);
  if (field.kind === 'money')
    return [
      { name: `${column}_minor`, type: 'bigint' },
      { name: `${column}_currency`, type: 'text' },
    ];
  return [{ name: column, type: typeOf[field.kind] }];
}

/** All columns of a definition's table beside provider_id, id and state, in field order. */
export function tableColumns(definition: RecordDefinition): Column[] {
  return fieldsOf(definition).flatMap(([name, field]) => columnsOf(name, field));
}

/** The values of `tableColumns`, in the same order. */
export function toColumns(definition: RecordDefinition, values: FieldValues): unknown[] {
  return fieldsOf(definition).flatMap(([name, field]) => {
    const value = values[name] ?? null;
    if (field.kind === 'money') {
      const amount = value as Money | null; // validated by the field's schema before it came here
      return [amount?.minor ?? null, amount?.currency ?? null];
    }
    return [field.kind === 'list' || field.kind === 'json' ? (value === null ? null : JSON.stringify(value)) : value];
  });
}

/** Select expressions that read fields back under aliases `f_<column>`. */
export function selectFields(definition: RecordDefinition, table: string, names?: readonly string[]): string {
  return fieldsOf(definition)
    .filter(([name]) => names === undefined || names.includes(name))
    .flatMap(([name, field]) => columnsOf(name, field))
    .map((column) => `${table}.${column.name} as f_${column.name}`)
    .join(', ');
}

/** The fields of a selected row (see `selectFields`). */
export function fromRow(
  definition: RecordDefinition,
  row: Record<string, unknown>,
  names?: readonly string[],
): FieldValues {
  const values: FieldValues = {};
  for (const [name, field] of fieldsOf(definition)) {
    if (names !== undefined && !names.includes(name)) continue;
    const column = `f_${snakeCase(name)}`;
    if (field.kind === 'money') {
      const minor = row[`${column}_minor`] ?? null;
      values[name] = minor === null ? null : { minor, currency: row[`${column}_currency`] };
    } else values[name] = row[column] ?? null;
  }
  return values;
}

/** Instants are kept in UTC with milliseconds, so that equal instants hash alike. */
export function normalise(field: Field, value: unknown): unknown {
  // The field's schema has judged the value before it came here.
  if (value === undefined || value === null) return null;
  if (field.kind === 'instant') return new Date(value as string).toISOString();
  if (field.kind === 'text' || field.kind === 'longText') return value === '' ? null : value;
  return value;
}
