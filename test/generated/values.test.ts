// Hostile values in every place of every operation's input: none is a fault of the server, and what the document does not take
// is not taken. What it takes is judged by an oracle of the test's own (test/support/json-schema.ts), kind of field by kind.
// Input is judged before rights and records are: a wrong one is answered 400, 422, or 404 where it makes no address.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';
import type { Schema } from '../support/from-schema.ts';
import { verdictOf } from '../support/json-schema.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Schema;
  example?: unknown;
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json'?: { schema: Schema; example?: unknown } } };
}
interface Described extends Operation {
  path: string;
  method: 'GET' | 'POST' | 'PATCH';
}

// VALUES_SEED and VALUES_EACH=0 for all: npm run wide
const seed = Number(process.env['VALUES_SEED'] ?? 20_261_126);
const perOperation = Number(process.env['VALUES_EACH'] ?? 6);

let app: TestApplication;
let administrator: Client;
let operations: Described[];
let named: Record<string, Schema>;
beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  administrator = await app.person('Ada Falk', ['ADM', 'SDK', 'SOW', 'BRM', 'SPM']);
  const { body } = await app.stranger.get('/openapi.json');
  named = body.components.schemas;
  operations = Object.entries<Record<string, Operation>>(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path: path.replace('/api/v1', ''),
      method: method.toUpperCase() as Described['method'], // the document's methods are those of endpoints
    })),
  );
});
afterAll(() => app.close());

const words = ['', ' ', '\u0000', '\ud800', 'constructor', '__proto__', 'toString', 'null', 'true', '1', '-1', '1e400'];
const days = ['0000-01-01', '2026-02-30', '2026-02-29', '1899-12-31', '2201-01-01', '9999-12-31', '2026-01-01'];
const instants = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-01-01T00:00:00+14:01',
  '2026-01-01T00:00:00',
  '2026-02-29T00:00:00Z',
  '9999-12-31T23:59:59-14:00',
  '2026-01-01T00:00:00+23:59',
];
const ids = [
  '00000000-0000-7000-8000-00000000000',
  '00000000-0000-7000-8000-00000000000g',
  '{00000000-0000-7000-8000-000000000000}',
];
const long = [301, 4001, 20_001].map((length) => 'a'.repeat(length));
const markup = ["'; drop table core.record; --", '<script>', '../..'];
const others = [
  0,
  -1,
  1.5,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  1e308,
  true,
  false,
  null,
  [],
  [[]],
  [null],
  {},
  { id: null },
];
const many = Array.from({ length: 501 }, () => 'x');
const inherited = [JSON.parse('{"__proto__": 1}') as unknown, { constructor: 1 }];

/** What is tried in every place, whatever its kind. */
const hostile: readonly unknown[] = [
  ...words,
  ...days,
  ...instants,
  ...ids,
  ...long,
  ...markup,
  ...others,
  many,
  ...inherited,
];

interface Try {
  /** Where it is put: a parameter's name, or the way into the body. */
  at: readonly (string | number)[];
  place: 'path' | 'query' | 'header' | 'body';
  value: unknown;
  schema: Schema;
}

/** Every place in a schema, with the way to it; into the first of several shapes, and not without end. */
function placesIn(schema: Schema, at: (string | number)[] = []): { at: (string | number)[]; schema: Schema }[] {
  const shape = schema.$ref ? (named[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  const own = [{ at, schema }];
  if (at.length > 4) return own;
  const inside = (shape.anyOf ?? shape.oneOf ?? [shape]).find((each) => each.type !== 'null') ?? shape;
  const parts = Object.entries(inside.properties ?? {}).flatMap(([name, each]) => placesIn(each, [...at, name]));
  return [...own, ...parts, ...(inside.items ? placesIn(inside.items, [...at, 0]) : [])];
}

function triesOf({ parameters = [], requestBody }: Described): Try[] {
  const body = requestBody?.content['application/json']?.schema;
  return [
    ...parameters.flatMap(({ name, in: place, schema }) =>
      // These hold texts only; half of a surrogate pair becomes another character on the way, and a header none but plain ones.
      hostile
        .filter(
          (value) =>
            typeof value === 'string' && value.isWellFormed() && (place !== 'header' || /^[ -~]+$/.test(value)),
        )
        .map((value): Try => ({ at: [name], place, value, schema })),
    ),
    ...(body ? placesIn(body) : []).flatMap(({ at, schema }) =>
      hostile.map((value): Try => ({ at, place: 'body', value, schema })),
    ),
  ];
}

/** The example with one value in the place of another, or beside the others. */
function withValue(example: unknown, [first, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (first === undefined) return value;
  if (typeof first === 'number') return [withValue(Array.isArray(example) ? example[0] : {}, rest, value)];
  const object = typeof example === 'object' && example !== null && !Array.isArray(example) ? example : {};
  const inside = Object.entries(object).find(([name]) => name === first)?.[1];
  return { ...object, [first]: withValue(inside, rest, value) };
}

/** Of an operation's own schema: a text in a query is read as what it says. */
function isWrong({ place, value, schema }: Try, body: Schema | undefined, sent: unknown): boolean {
  if (place === 'body') return body !== undefined && verdictOf(body, sent, named) === 'wrong';
  const shape = schema.$ref ? (named[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  return shape.type === 'string' && verdictOf(shape, value, named) === 'wrong';
}

async function send({ method, path, parameters = [], requestBody }: Described, tried: Try) {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const example = parameters.find((each) => each.name === name)?.example;
    const text = tried.place === 'path' && tried.at[0] === name ? String(tried.value) : String(example);
    return encodeURIComponent(text.toWellFormed());
  });
  const query = tried.place === 'query' ? `?${new URLSearchParams([[String(tried.at[0]), String(tried.value)]])}` : '';
  const json = requestBody?.content['application/json'];
  const body = tried.place === 'body' ? withValue(json?.example, tried.at, tried.value) : json?.example;
  const answer = await app.server.inject({
    method,
    url: `/api/v1${filled}${query}`,
    headers: {
      authorization: `Bearer ${administrator.key}`,
      ...(tried.place === 'header' ? { [String(tried.at[0])]: String(tried.value) } : {}),
      ...(json ? { 'content-type': 'application/json' } : {}),
    },
    ...(json ? { payload: JSON.stringify(body) } : {}),
  });
  return { status: answer.statusCode, text: answer.body, wrong: isWrong(tried, json?.schema, body) };
}

/** What listens without end, or plays the example. */
const isApart = ({ operationId }: Operation): boolean => operationId === 'live.entries' || operationId === 'demo.start';

it(
  'are no fault of the server anywhere, and are refused where the document does not take them',
  async () => {
    const faults: string[] = [];
    let sent = 0;
    let judged = 0;
    for (const operation of operations.filter((each) => !isApart(each))) {
      const all = triesOf(operation);
      if (!all.length) continue;
      const numRuns = Math.min(perOperation, all.length);
      const chosen = perOperation ? fc.sample(fc.constantFrom(...all), { numRuns, seed }) : all;
      for (const tried of chosen) {
        const { status, text, wrong } = await send(operation, tried);
        sent += 1;
        if (wrong) judged += 1;
        const told = `${operation.operationId} ${tried.place} ${tried.at.join('.')} = ${JSON.stringify(tried.value)?.slice(0, 80)}: ${status} ${text.slice(0, 200)}`;
        // Uploads are few a minute; what they say of their address was judged before.
        if (status === 429) continue;
        if (status >= 500) faults.push(told);
        else if (wrong && ![400, 404, 413, 414, 422].includes(status)) faults.push(`taken though it is wrong: ${told}`);
        else if (wrong && tried.place === 'body' && status === 404)
          faults.push(`looked for before it was judged: ${told}`);
      }
    }
    console.log(`${sent} hostile values, ${judged} of them wrong by the oracle, ${faults.length} faults`);
    expect(faults.slice(0, 40)).toEqual([]);
  },
  perOperation ? 120_000 : 1_800_000,
);
