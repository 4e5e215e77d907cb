// What an import is to be, as it is made on the screen. Pure.
import type { RecordDefinition } from '../../record/define/define.ts';
import { fieldsOf } from '../../record/define/define.ts';
import type { ColumnRule, Mapping, Run, Wanted } from './contract.ts';

const noMapping: Mapping = {
  format: 1,
  source: '',
  zone: '',
  timeFormat: '',
  missing: [],
  key: '',
  occurredAt: '',
  state: { column: '', values: {} },
  title: '',
  fields: {},
};

export const blank: Wanted = { upload: null, type: '', mapping: noMapping, given: {}, customer: null };

/** Whether nobody has made a mapping yet, nor was one taken over. */
export const isBlank = ({ key, state, fields }: Mapping): boolean =>
  key === '' && state.column === '' && Object.keys(fields).length === 0;

/** As an earlier import was, of another file. */
export const likeRun = ({ type, mapping, given, customer }: Run): Omit<Wanted, 'upload'> => ({
  type,
  mapping,
  given,
  customer,
});

/** Fields that every record of the import gets alike: other records, such as its service. */
export const givenFields = (definition: RecordDefinition) =>
  fieldsOf(definition).flatMap(([name, field]) =>
    field.kind === 'reference' && !field.derived && !field.types.some((type) => type === 'component')
      ? [{ name, field }]
      : [],
  );

/** What a column is for besides filling fields. */
export function usesOf({ key, occurredAt, order, state, by, title }: Mapping, column: string): string[] {
  const uses: readonly (readonly [boolean, string])[] = [
    [key === column, 'the key'],
    [occurredAt === column, 'the time'],
    [order === column, 'the sequence'],
    [state.column === column, 'the state'],
    [by?.column === column, 'who did it'],
    [title.includes(`{${column}}`), 'in the title'],
  ];
  return uses.flatMap(([is, word]) => (is ? [word] : []));
}

/** The fields that a column fills. */
export const filledBy = ({ fields }: Mapping, column: string): [string, ColumnRule][] =>
  Object.entries(fields).filter(([, rule]) => rule.column === column);

export const without = <T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));

/** Choices that the moves into a state ask for: a word for the state may tell them besides. */
export function askedIn({ lifecycle, fields }: RecordDefinition, state: string): string[] {
  const asked = Object.values(lifecycle.moves)
    .filter(({ to }) => to === state)
    .flatMap(({ asks = [] }) => asks.map((name) => name.replace(/\?$/, '')));
  return [...new Set(asked)].filter((name) => fields[name]?.kind === 'choice');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A mapping from a file's text, as far as a screen needs it to be one; what is wrong in it, the server says. */
export function mappingIn(text: string): Mapping | undefined {
  try {
    const given: unknown = JSON.parse(text);
    if (!isObject(given) || given['format'] !== 1) return undefined;
    const whole = { ...noMapping, ...given };
    const { state, fields, missing } = whole;
    const hasRules = isObject(fields) && Object.values(fields).every((rule) => isObject(rule) && 'column' in rule);
    const hasStates = isObject(state) && isObject(state.values) && Object.values(state.values).every(isObject);
    return hasRules && hasStates && Array.isArray(missing) ? whole : undefined;
  } catch {
    return undefined;
  }
}
