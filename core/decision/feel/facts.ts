// What a rule may know: a typed description of facts, and the facts themselves as FEEL values.

import { date, dateAndTime, duration } from 'feelin';

/** `date`, `date_time` and `duration` are ISO 8601 texts in the facts and FEEL values in the rule. */
export type FactType =
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'date_time'
  | 'duration'
  | { readonly list: FactType }
  | { readonly fields: FactsSchema };
export interface FactsSchema {
  readonly [name: string]: FactType;
}
export interface Facts {
  readonly [name: string]: unknown;
}

/** Words of the FEEL grammar that cannot be read where a field stands. */
export const feelKeywords: ReadonlySet<string> = new Set([
  'for',
  'return',
  'if',
  'then',
  'else',
  'some',
  'every',
  'satisfies',
  'in',
  'and',
  'or',
  'between',
  'instance',
  'function',
  'external',
  'true',
  'false',
  'null',
]);

/** The facts with their dates and durations as FEEL values. What is absent stays null; what the schema does not name is left out. */
export function toFeelValues(facts: Facts, schema: FactsSchema): Facts {
  return Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, toFeelValue(facts[name], type)]));
}

/** One value of each type as facts carry it, lists with one element: enough to try a rule's operators on. */
export function sampleFacts(schema: FactsSchema): Facts {
  return Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, sampleOf(type)]));
}

function toFeelValue(value: unknown, type: FactType): unknown {
  if (value === null || value === undefined) return null;
  if (typeof type === 'object') {
    if ('list' in type) return Array.isArray(value) ? value.map((item: unknown) => toFeelValue(item, type.list)) : null;
    return isFacts(value) ? toFeelValues(value, type.fields) : null;
  }
  if (typeof value !== 'string' || type === 'string') return value;
  if (type === 'date') return date(value);
  if (type === 'date_time') return dateAndTime(value);
  return type === 'duration' ? duration(value) : value;
}

function sampleOf(type: FactType): unknown {
  if (typeof type === 'object') return 'list' in type ? [sampleOf(type.list)] : sampleFacts(type.fields);
  return {
    number: 1,
    string: 'a',
    boolean: true,
    date: '2026-01-01',
    date_time: '2026-01-01T00:00:00Z',
    duration: 'P1D',
  }[type];
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
