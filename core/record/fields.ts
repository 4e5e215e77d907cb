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

export interface TextField extends Common { kind: 'text' | 'longText'; max: number }
export interface ChoiceField<O extends string = string> extends Common { kind: 'choice'; options: Readonly<Record<O, string>> }
export interface NumberField extends Common { kind: 'integer' | 'decimal'; min?: number; max?: number; unit?: string }
export interface PlainField extends Common { kind: 'date' | 'instant' | 'boolean' | 'person' | 'team' | 'customer' | 'json' }
/** An amount in minor units with its ISO 4217 currency. */
export interface MoneyField extends Common { kind: 'money' }
/** The id of another record of one of the given types. */
export interface ReferenceField extends Common { kind: 'reference'; types: readonly string[] }
/** A short list of values that is always read, edited and hashed as a whole. */
export interface ListField extends Common { kind: 'list'; items: Fields; most: number }

export type Field = TextField | ChoiceField | NumberField | PlainField | MoneyField | ReferenceField | ListField;
export type Fields = Readonly<Record<string, Field>>;

export interface Money { minor: number; currency: string }

type Options<T extends Field> = Omit<T, 'kind'>;

export const text = <const O extends Partial<Options<TextField>> & { label: string }>(options: O) => ({ kind: 'text', max: 200, ...options }) as const;
export const longText = <const O extends Partial<Options<TextField>> & { label: string }>(options: O) => ({ kind: 'longText', max: 20_000, ...options }) as const;
export const choice = <const O extends Options<ChoiceField>>(options: O) => ({ kind: 'choice', ...options }) as const;
export const integer = <const O extends Options<NumberField>>(options: O) => ({ kind: 'integer', ...options }) as const;
export const decimal = <const O extends Options<NumberField>>(options: O) => ({ kind: 'decimal', ...options }) as const;
export const money = <const O extends Options<MoneyField>>(options: O) => ({ kind: 'money', ...options }) as const;
export const date = <const O extends Options<PlainField>>(options: O) => ({ kind: 'date', ...options }) as const;
export const instant = <const O extends Options<PlainField>>(options: O) => ({ kind: 'instant', ...options }) as const;
export const boolean = <const O extends Options<PlainField>>(options: O) => ({ kind: 'boolean', ...options }) as const;
export const person = <const O extends Options<PlainField>>(options: O) => ({ kind: 'person', ...options }) as const;
export const team = <const O extends Options<PlainField>>(options: O) => ({ kind: 'team', ...options }) as const;
export const customer = <const O extends Options<PlainField>>(options: O) => ({ kind: 'customer', ...options }) as const;
export const json = <const O extends Options<PlainField>>(options: O) => ({ kind: 'json', ...options }) as const;
export const reference = <const O extends Options<ReferenceField>>(options: O) => ({ kind: 'reference', ...options }) as const;
export const list = <const O extends Partial<Options<ListField>> & { label: string; items: Fields }>(options: O) => ({ kind: 'list', most: 50, ...options }) as const;

/** The value a field holds in a record; null where it was never given. */
export type ValueOf<F extends Field> =
  F extends ChoiceField<infer O> ? O
  : F extends NumberField ? number
  : F extends MoneyField ? Money
  : F extends ListField ? ValuesOf<F['items']>[]
  : F extends { kind: 'boolean' } ? boolean
  : F extends { kind: 'json' } ? unknown
  : string;

export type ValuesOf<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> | null };
