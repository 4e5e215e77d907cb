// Values from JSON schemas: what a schema allows, now and then something it does not.
import fc from 'fast-check';

export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
}

export interface Source {
  /** Named parts, for `$ref`. */
  schemas: Readonly<Record<string, Schema>>;
  /** Ids that exist. */
  ids: readonly string[];
}

const nasty = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  "'; drop table core.record; --",
  '%',
  '\\',
  '{{',
  '=1+1',
  '١٢',
  'a'.repeat(5000),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '🏳️‍🌈',
  '1e309',
  'NaN',
  '\u202e',
];
const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...nasty, null, -1, 0, 2 ** 31, 2 ** 53, -0.1, true, [], {}, [[]], { id: null }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Mostly what the schema says; one value in `1 / faults` is anything. */
export function valueOf(schema: Schema, source: Source, depth = 0): fc.Arbitrary<unknown> {
  const told = fitting(schema, source, depth);
  return fc.oneof({ weight: 40, arbitrary: told }, { weight: 1, arbitrary: garbage });
}

/** What the schema says. */
export function fitting(schema: Schema, source: Source, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref)
    return depth > 4
      ? fc.constant(null)
      : fitting(source.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, source, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches =
    schema.anyOf ??
    schema.oneOf ??
    (Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : undefined);
  if (branches) return fc.oneof(...branches.map((each) => fitting(each, source, depth + 1)));
  switch (schema.type as string) {
    case 'string':
      return textOf(schema, source);
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -5, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 100_000, 2 ** 31 - 1),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, source, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'object':
      return objectOf(schema, source, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  source: Source,
  depth: number,
): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [name, valueOf(each, source, depth + 1)]),
  );
  const told = fc.record(known, { requiredKeys: required.filter((name) => name in known) });
  if (typeof additionalProperties === 'object')
    return fc.dictionary(fc.string({ maxLength: 10 }), valueOf(additionalProperties, source, depth + 1), {
      maxKeys: 3,
    });
  // Sometimes a required field is forgotten, or one is sent that nobody knows.
  return fc.oneof(
    { weight: 30, arbitrary: told },
    { weight: 1, arbitrary: fc.record(known, { requiredKeys: [] }) },
    { weight: 1, arbitrary: told.map((each) => ({ ...each, unheardOf: 1 })) },
  );
}

/** Days that a calendar has and no record: the first year that can be written, the last, those around what is taken. */
const oddDays = [
  '0000-01-01',
  '0001-01-01',
  '1066-10-14',
  '1899-12-31',
  '1900-01-01',
  '2200-12-31',
  '2201-01-01',
  '9999-12-31',
];
const oddInstants = (of: string): string[] =>
  ['T00:00:00Z', 'T00:00:00+14:00', 'T23:59:59.999-14:00', 'T12:00:00+23:59', 'T00:00:00.0000001Z'].map(
    (at) => of + at,
  );

const day = fc.date({ min: new Date('1999-12-31'), max: new Date('2037-12-31'), noInvalidDate: true });

function textOf({ format, pattern, minLength = 0, maxLength = 60 }: Schema, { ids }: Source): fc.Arbitrary<unknown> {
  if (format === 'uuid')
    return fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.constantFrom(...ids).map((id) => id.toUpperCase()) },
      { weight: 1, arbitrary: fc.uuid() },
    );
  if (format === 'date')
    return fc.oneof(
      { weight: 12, arbitrary: day.map((each) => each.toISOString().slice(0, 10)) },
      { weight: 1, arbitrary: fc.constantFrom(...oddDays) },
    );
  if (format === 'date-time')
    return fc.oneof(
      { weight: 12, arbitrary: day.map((each) => each.toISOString()) },
      { weight: 1, arbitrary: fc.constantFrom(...oddDays).chain((each) => fc.constantFrom(...oddInstants(each))) },
    );
  if (format === 'email') return fc.uuid().map((each) => `${each}@example.org`);
  if (pattern === '^[A-Z]{3}$') return fc.constantFrom('GBP', 'EUR', 'XXX');
  if (pattern === '^[0-9a-f]{64}$') return fc.uuid().map((each) => each.replaceAll('-', '').repeat(2));
  const most = Math.max(minLength, Math.min(maxLength, 60));
  const words = fc
    .constantFrom('Stores', 'open hours', 'two hours', 'Sao Paulo', 'a / b', '2026-03-02', '08:00')
    .map((word) => word.slice(0, most).padEnd(minLength, 'x'));
  return fc.oneof(
    { weight: 3, arbitrary: words },
    {
      weight: 1,
      arbitrary: fc
        .string({ unit: 'grapheme', minLength, maxLength: Math.min(most, 30) })
        .map((each) => each.slice(0, most)),
    },
  );
}
