// The kinds of field a record may have. Pure: read by the database mapping, the API's schemas, forms, columns and search.

interface Common<R extends Required> {
  label: string;
  /** One sentence below the input of a form. */
  help?: string;
  /** Must be given when the record is created, and is never emptied. */
  required?: R;
  /** Stands in hashes as a salted commitment, so that it can be erased without breaking a chain. */
  personal?: true;
  /** Set by the record's own commands and jobs; never accepted from a caller. */
  derived?: true;
  /** Says what the record belongs to: once it holds something, no edit alters it. */
  fixed?: true;
  /** Edits of it leave decisions valid (a bookkeeping field that no decision saw). */
  unhashed?: true;
  /** How the provider works within: customers who share in the record do not read it. */
  within?: true;
}

type Required = true | undefined;

export interface TextField<R extends Required = Required> extends Common<R> {
  kind: 'text' | 'longText';
  max: number;
  /** Its words are the code of a role: chosen, and read, by what the role is called. */
  names?: 'role';
}
export interface ChoiceField<R extends Required = Required, O extends string = string> extends Common<R> {
  kind: 'choice';
  options: Readonly<Record<O, string>>;
}
export interface NumberField<R extends Required = Required> extends Common<R> {
  kind: 'integer' | 'decimal';
  min?: number;
  max?: number;
  unit?: string;
}
export interface PlainField<R extends Required = Required> extends Common<R> {
  kind: 'date' | 'person' | 'team' | 'customer';
  /** Of a date: states in which something is due on it, so that a day that is over stands out. */
  dueIn?: readonly string[];
}
export interface BooleanField<R extends Required = Required> extends Common<R> {
  kind: 'boolean';
}
export interface JsonField<R extends Required = Required, T = unknown> extends Common<R> {
  kind: 'json';
  /** Never there: it carries the type of what the field holds. */
  holds?: T;
}
export interface InstantField<R extends Required = Required> extends Common<R> {
  kind: 'instant';
  /** What a move that asks for it offers, where it holds nothing yet. */
  suggests?: 'now';
}
/** An amount in minor units with its ISO 4217 currency. */
export interface MoneyField<R extends Required = Required> extends Common<R> {
  kind: 'money';
}
/** The id of another record of one of the given types. */
export interface ReferenceField<R extends Required = Required> extends Common<R> {
  kind: 'reference';
  types: readonly string[];
  /** What may be named here anew, by its state; what was named already stays, and what a source says is not judged. */
  whileIn?: WhileIn;
}

/** States by type in which a record may be named, and what to do about one in another. */
export interface WhileIn {
  states: Readonly<Record<string, readonly string[]>>;
  hint: string;
}
/** A short list of values that is always read, edited and hashed as a whole. */
export interface ListField<R extends Required = Required, I extends Fields = Fields> extends Common<R> {
  kind: 'list';
  items: I;
  most: number;
}

export type Field =
  | TextField
  | ChoiceField
  | NumberField
  | PlainField
  | BooleanField
  | JsonField
  | InstantField
  | MoneyField
  | ReferenceField
  | ListField;
export type Fields = Readonly<Record<string, Field>>;

export interface Money {
  minor: number;
  currency: string;
}

/** What a field holds, where it holds something. */
export type ValueOf<F extends Field> =
  F extends ChoiceField<Required, infer O>
    ? O
    : F extends NumberField
      ? number
      : F extends BooleanField
        ? boolean
        : F extends MoneyField
          ? Money
          : F extends ListField<Required, infer I>
            ? readonly RowOf<I>[]
            : F extends JsonField<Required, infer T>
              ? T
              : string;

/** The values of some fields, as a record holds them: what is required holds something. */
export type ValuesOf<F extends Fields> = {
  [N in keyof F]: true extends F[N]['required'] ? ValueOf<F[N]> : ValueOf<F[N]> | null;
};

/** One row of a list: what is not required may be left out. */
type RowOf<I extends Fields> = {
  readonly [N in keyof I as true extends I[N]['required'] ? N : never]: ValueOf<I[N]>;
} & {
  readonly [N in keyof I as true extends I[N]['required'] ? never : N]?: ValueOf<I[N]> | null;
};

// Whether a field is required is read from its options alone (`NoInfer`), not from where it stands.
type Options<T extends Field> = Omit<T, 'kind'>;
type Sized<T extends Field> = Partial<Options<T>> & { label: string };

export const text = <R extends Required = undefined>(options: Sized<TextField<R>>): TextField<NoInfer<R>> => ({
  kind: 'text',
  max: 200,
  ...options,
});
export const longText = <R extends Required = undefined>(options: Sized<TextField<R>>): TextField<NoInfer<R>> => ({
  kind: 'longText',
  max: 20_000,
  ...options,
});
export const choice = <const O extends string, R extends Required = undefined>(
  options: Options<ChoiceField<R, O>>,
): ChoiceField<NoInfer<R>, O> => ({ kind: 'choice', ...options });
export const integer = <R extends Required = undefined>(options: Options<NumberField<R>>): NumberField<NoInfer<R>> => ({
  kind: 'integer',
  ...options,
});
export const decimal = <R extends Required = undefined>(options: Options<NumberField<R>>): NumberField<NoInfer<R>> => ({
  kind: 'decimal',
  ...options,
});
export const money = <R extends Required = undefined>(options: Options<MoneyField<R>>): MoneyField<NoInfer<R>> => ({
  kind: 'money',
  ...options,
});
export const date = <R extends Required = undefined>(options: Options<PlainField<R>>): PlainField<NoInfer<R>> => ({
  kind: 'date',
  ...options,
});
export const instant = <R extends Required = undefined>(
  options: Options<InstantField<R>>,
): InstantField<NoInfer<R>> => ({
  kind: 'instant',
  ...options,
});
export const boolean = <R extends Required = undefined>(
  options: Options<BooleanField<R>>,
): BooleanField<NoInfer<R>> => ({
  kind: 'boolean',
  ...options,
});
export const person = <R extends Required = undefined>(options: Options<PlainField<R>>): PlainField<NoInfer<R>> => ({
  kind: 'person',
  ...options,
});
export const team = <R extends Required = undefined>(options: Options<PlainField<R>>): PlainField<NoInfer<R>> => ({
  kind: 'team',
  ...options,
});
export const customer = <R extends Required = undefined>(options: Options<PlainField<R>>): PlainField<NoInfer<R>> => ({
  kind: 'customer',
  ...options,
});
/**
 * A value of any shape. What a record's own commands alone write into it (`derived`) may have a type.
 * @example json<Verdict>({ label: 'Before and after', derived: true })
 */
export const json = <T = unknown, R extends Required = undefined>(
  options: Options<JsonField<R, T>>,
): JsonField<NoInfer<R>, T> => ({ kind: 'json', ...options });
export const reference = <R extends Required = undefined>(
  options: Options<ReferenceField<R>>,
): ReferenceField<NoInfer<R>> => ({ kind: 'reference', ...options });
export const list = <const I extends Fields, R extends Required = undefined>(
  options: Partial<Options<ListField<R>>> & { label: string; items: I },
): ListField<NoInfer<R>, I> => ({ kind: 'list', most: 50, ...options });

/** Field names of a definition, for `columns`, `sorts` and the like. */
export type FieldName<F extends Fields> = keyof F & string;

/** What lists show of a record's clocks: fields of every type that has them. */
export const clockFields = {
  nextDueAt: instant({ label: 'Next due', derived: true, unhashed: true }),
  breached: boolean({ label: 'Target breached', derived: true, unhashed: true }),
} as const;
