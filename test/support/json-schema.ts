// What a JSON schema of the OpenAPI document says of a value, judged by code that shares nothing with the one that parses input.
import type { Schema } from './from-schema.ts';

export type Verdict = 'right' | 'wrong' | 'either';

type Named = Readonly<Record<string, Schema>>;

/** Whether a schema takes a value; `either` where the document does not say, as with blank texts that are trimmed. */
export function verdictOf(schema: Schema, value: unknown, named: Named): Verdict {
  if (schema.$ref) return verdictOf(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, value, named);
  if (schema.const !== undefined) return value === schema.const ? 'right' : 'wrong';
  if (schema.enum) return schema.enum.includes(value) ? 'right' : 'wrong';
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return anyOf(branches.map((each) => verdictOf(each, value, named)));
  if (Array.isArray(schema.type)) return anyOf(schema.type.map((type) => verdictOf({ ...schema, type }, value, named)));
  return ofType(schema, value, named);
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('right')) return 'right';
  return verdicts.includes('either') ? 'either' : 'wrong';
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('wrong')) return 'wrong';
  return verdicts.includes('either') ? 'either' : 'right';
}

const is = (right: boolean): Verdict => (right ? 'right' : 'wrong');

function ofType(schema: Schema, value: unknown, named: Named): Verdict {
  switch (String(schema.type)) {
    case 'null':
      return is(value === null);
    case 'boolean':
      return is(typeof value === 'boolean');
    case 'integer':
      return is(Number.isInteger(value) && within(schema, Number(value)));
    case 'number':
      return is(typeof value === 'number' && Number.isFinite(value) && within(schema, value));
    case 'string':
      return ofText(schema, value);
    case 'array':
      return ofList(schema, value, named);
    case 'object':
      return ofObject(schema, value, named);
    default:
      return 'either'; // any JSON at all
  }
}

const within = ({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): boolean =>
  value >= minimum && value <= maximum;

function ofText({ format, pattern, minLength = 0, maxLength = Infinity }: Schema, value: unknown): Verdict {
  if (typeof value !== 'string') return 'wrong';
  if (!value.isWellFormed() || value.includes('\u0000')) return 'wrong';
  if (value.length > maxLength) return value.trim().length > maxLength ? 'wrong' : 'either';
  if (value.length < minLength) return 'wrong';
  if (format === 'date') return is(isDay(value));
  if (format === 'date-time') return is(isInstant(value));
  if (format === 'uuid')
    return is(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) === 'wrong' ? 'wrong' : 'either';
  if (format === 'email') return value.includes('@') ? 'either' : 'wrong';
  if (pattern) return new RegExp(pattern, 'u').test(value) ? 'either' : 'wrong';
  return value.trim() === '' || value !== value.trim() ? 'either' : 'right';
}

const between = (year: number): boolean => year >= 1900 && year <= 2200;

function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return year !== '' && isReal && between(Number(year));
}

function isInstant(text: string): boolean {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-](\d\d):(\d\d))$/.exec(text);
  if (!parts) return false;
  const [, day = '', hour, minute, second = '0', offsetHour = '0', offsetMinute = '0'] = parts;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  const isOffset = Number(offsetMinute) < 60 && Number(offsetHour) * 60 + Number(offsetMinute) <= 14 * 60;
  const year = Number(day.slice(0, 4));
  const isReal =
    isDay(`2000${day.slice(4)}`) && (day.slice(5) !== '02-29' || new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1);
  // At the very ends an offset leads out of the years or into them.
  return isTime && isOffset && isReal && (between(year) || between(new Date(text).getUTCFullYear()));
}

function ofList({ items = {}, minItems = 0, maxItems = Infinity }: Schema, value: unknown, named: Named): Verdict {
  if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return 'wrong';
  return allOf(value.map((each) => verdictOf(items, each, named)));
}

function ofObject(schema: Schema, value: unknown, named: Named): Verdict {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'wrong';
  const { properties = {}, required = [], additionalProperties } = schema;
  const given = Object.entries(value);
  if (required.some((name) => !Object.hasOwn(value, name))) return 'wrong';
  const unknown = given.filter(([name]) => !Object.hasOwn(properties, name));
  if (unknown.length && additionalProperties === false) return 'wrong';
  if (unknown.length && typeof additionalProperties === 'object') return 'either';
  return allOf(
    given.flatMap(([name, each]) =>
      Object.hasOwn(properties, name) ? [verdictOf(properties[name] ?? {}, each, named)] : [],
    ),
  );
}
