// The kinds of field a record may have. Pure: read by the database mapping, the API's schemas, forms, columns and search.

interface Common {
  label: string;
  /** One sentence below the input of a form. */
  help?: string;
  /** Must be given when the record is created. */
  required?: true;
  /** Stands in hashes as a salted commitment, so that it can be erased without breaking a chain. */
  personal?: true;
  /** Set by the record's own commands and jobs; never accepted from a caller. */
  derived?: true;
  /** Edits of it leave decisions valid (a bookkeeping field that no decision saw). */
  unhashed?: true;
}

export interface TextField extends Common {
  kind: 'text' | 'longText';
  max: number;
}
export interface ChoiceField<O extends string = string> extends Common {
  kind: 'choice';
  options: Readonly<Record<O, string>>;
}
export interface NumberField extends Common {
  kind: 'integer' | 'decimal';
  min?: number;
  max?: number;
  unit?: string;
}
export interface PlainField extends Common {
  kind: 'date' | 'boolean' | 'person' | 'team' | 'customer' | 'json';
}
export interface InstantField extends Common {
  kind: 'instant';
  /** What a move that asks for it offers, where it holds nothing yet. */
  suggests?: 'now';
}
/** An amount in minor units with its ISO 4217 currency. */
export interface MoneyField extends Common {
  kind: 'money';
}
/** The id of another record of one of the given types. */
export interface ReferenceField extends Common {
  kind: 'reference';
  types: readonly string[];
}
/** A short list of values that is always read, edited and hashed as a whole. */
export interface ListField extends Common {
  kind: 'list';
  items: Fields;
  most: number;
}

export type Field =
  | TextField
  | ChoiceField
  | NumberField
  | PlainField
  | InstantField
  | MoneyField
  | ReferenceField
  | ListField;
export type Fields = Readonly<Record<string, Field>>;

export interface Money {
  minor: number;
  currency: string;
}

type Options<T extends Field> = Omit<T, 'kind'>;
type Sized<T extends Field> = Partial<Options<T>> & { label: string };

export const text = (options: Sized<TextField>): TextField => ({ kind: 'text', max: 200, ...options });
export const longText = (options: Sized<TextField>): TextField => ({ kind: 'longText', max: 20_000, ...options });
export const choice = <const O extends string>(options: Options<ChoiceField<O>>): ChoiceField<O> => ({
  kind: 'choice',
  ...options,
});
export const integer = (options: Options<NumberField>): NumberField => ({ kind: 'integer', ...options });
export const decimal = (options: Options<NumberField>): NumberField => ({ kind: 'decimal', ...options });
export const money = (options: Options<MoneyField>): MoneyField => ({ kind: 'money', ...options });
export const date = (options: Options<PlainField>): PlainField => ({ kind: 'date', ...options });
export const instant = (options: Options<InstantField>): InstantField => ({ kind: 'instant', ...options });
export const boolean = (options: Options<PlainField>): PlainField => ({ kind: 'boolean', ...options });
export const person = (options: Options<PlainField>): PlainField => ({ kind: 'person', ...options });
export const team = (options: Options<PlainField>): PlainField => ({ kind: 'team', ...options });
export const customer = (options: Options<PlainField>): PlainField => ({ kind: 'customer', ...options });
export const json = (options: Options<PlainField>): PlainField => ({ kind: 'json', ...options });
export const reference = (options: Options<ReferenceField>): ReferenceField => ({ kind: 'reference', ...options });
export const list = (options: Partial<Options<ListField>> & { label: string; items: Fields }): ListField => ({
  kind: 'list',
  most: 50,
  ...options,
});

/** Field names of a definition, for `columns`, `sorts` and the like. */
export type FieldName<F extends Fields> = keyof F & string;

/** What lists show of a record's clocks: fields of every type that has them. */
export const clockFields = {
  nextDueAt: instant({ label: 'Next due', derived: true, unhashed: true }),
  breached: boolean({ label: 'Target breached', derived: true, unhashed: true }),
} as const;
