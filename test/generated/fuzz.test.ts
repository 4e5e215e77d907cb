// Every operation of the served OpenAPI document, driven by people of seven kinds with values made from its schemas.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { problemSchema } from '../../core/http/problem.ts';
import { verify } from '../../core/journal/verify.ts';
import { keyOf } from '../support/keys.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { valueOf } from '../support/from-schema.ts';
import type { Schema, Source } from '../support/from-schema.ts';
import { arranged } from '../support/arrange.ts';
import { walkedThread } from '../support/walked.ts';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: { 'application/json'?: { schema: Schema } } };
}
interface Described {
  path: string;
  method: 'GET' | 'POST' | 'PATCH';
  operation: Operation;
  endpoint: Endpoint;
}
interface Existing {
  id: string;
  ref: string;
  type: string;
}

const callers = [
  'business owner',
  'sponsor',
  'service desk',
  'portfolio manager',
  'auditor',
  'nobody',
  'administrator',
] as const;
type Who = (typeof callers)[number];

// The administrator comes last: one of its moves lets people go.

/** Calls a caller makes of one operation: reading is tried more often, since it leaves everything as it is. */
const runs = { GET: 14, POST: 3, PATCH: 4 } as const;

let app: TestApplication;
let operations: Described[];
let existing: Existing[];
let source: Source;
let providerId: string;
const keys = new Map<Who, string | null>();
// Another seed and more calls for a longer search: FUZZ_SEED=7 FUZZ_TIMES=10 npm run unit -- test/generated/fuzz
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_302);
const thoroughness = Number(process.env['FUZZ_TIMES'] ?? 1);
const seenBy = new Map<Who, Set<string>>();
const answered = new Map<number, number>();

beforeAll(async () => {
  app = await createTestApplication();
  const {
    stage: { cast, providerId: provider, customerId },
    agreed: { service },
  } = await walkedThread(app);
  providerId = provider;
  const auditor = await cast.administrator.create('people', { title: 'Aud Itor' });
  await cast.administrator.create('role-grants', { title: 'Auditor', person: auditor.id, role: 'AUD' });
  const nobody = await cast.administrator.create('people', { title: 'No Body' });
  const at = { service, customers: [customerId] };
  for (const urgency of ['high', 'low'])
    await cast.desk.create('incidents', {
      ...at,
      title: `Till is ${urgency}`,
      description: 'It does not start.',
      impact: '3',
      urgency,
    });
  const here = { ...app, providerId };
  const problem = await arranged(here, 'problem', { ...at, title: 'Tills do not start' });
  await arranged(here, 'known-error', { ...at, title: 'Till E3', problem, workaround: 'Wait.' }, 'active');
  const people: [Who, string][] = [
    ['business owner', cast.owner.id],
    ['sponsor', cast.sponsor.id],
    ['service desk', cast.desk.id],
    ['portfolio manager', cast.portfolio.id],
    ['administrator', cast.administrator.id],
    ['auditor', auditor.id],
    ['nobody', nobody.id],
  ];
  for (const [who, personId] of people) keys.set(who, await keyOf(app, personId, 'fuzz'));
  existing = (
    await app.database.ownerPool.query<Existing>(
      `select id, ref, type from core.record where provider_id = $1 union all select id, id::text, 'link' from core.link where provider_id = $1
    union all select id, id::text, 'condition' from core.condition where provider_id = $1 union all select id, id::text, 'key' from core.api_key where provider_id = $1 and name <> 'fuzz'`,
      [providerId],
    )
  ).rows;
  await readDocument();
  for (const who of callers) seenBy.set(who, await recordsSeenBy(who));
});
afterAll(() => app.close());

async function readDocument(): Promise<void> {
  const { paths, components } = (await app.server.inject({ url: '/api/v1/openapi.json' })).json<{
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  }>();
  source = { schemas: components.schemas, ids: existing.map(({ id }) => id) };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Described => {
      const endpoint = app.endpoints.find(({ operationId }) => operationId === operation.operationId);
      if (!endpoint) throw new Error(`the document tells of ${operation.operationId}, which nothing answers`);
      return {
        path,
        method: endpoint.method,
        operation,
        endpoint: method.toUpperCase() === endpoint.method ? endpoint : { ...endpoint, method: endpoint.method },
      };
    }),
  );
}

/** Ids of the records on a caller's lists. */
async function recordsSeenBy(who: Who): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { definition } of app.application.registry.records.values()) {
    const answer = await app.server.inject({
      url: `/api/v1/${definition.path}?limit=200`,
      headers: { authorization: `Bearer ${keys.get(who)}` },
    });
    for (const { id } of answer.json<{ items: { id: string }[] }>().items) found.add(id);
  }
  return found;
}

interface Request {
  subject: Existing | undefined;
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  fresh: boolean;
  /** What it says of the program that sends it, in headers. */
  program: string;
}

/** A request of an operation: its subject mostly a record of the right type at its present version. */
function requestOf(who: Who, { path, operation, endpoint }: Described): fc.Arbitrary<Request> {
  const type = operation.operationId.split('.')[0] ?? '';
  const ofType = existing.filter((each) => each.type === type);
  const usedAt = (gate: string, of: string) => {
    const used = app.application.registry.records.get(of)?.definition.lifecycle;
    return used?.stands?.[gate] !== undefined || Object.values(used?.moves ?? {}).some((each) => each.gate === gate);
  };
  const subjects = ofType.length
    ? ofType
    : existing.filter(
        (each) => type !== 'gate' || [...app.application.registry.gates.keys()].some((gate) => usedAt(gate, each.type)),
      );
  const visible = subjects.filter((each) => seenBy.get(who)?.has(each.id));
  const parameters = operation.parameters ?? [];
  const inQuery = parameters.filter((each) => each.in === 'query');
  const schema = operation.requestBody?.content['application/json']?.schema;
  const gate = fc.constantFrom(...app.application.registry.gates.keys());
  const item = fc.constantFrom(
    ...[...app.application.registry.checklists.values()].flatMap(({ items }) => items.map((each) => each.id)),
  );
  const junk = fc.constantFrom(
    'nope',
    'BR-999999',
    '%00',
    '\ud83d',
    '0'.repeat(60),
    '00000000-0000-0000-0000-000000000000',
    "'",
    '..',
  );
  const places: Record<string, fc.Arbitrary<string>> = Object.fromEntries(
    parameters
      .filter((each) => each.in === 'path')
      .map(({ name }) => [
        name,
        fc.oneof(
          { weight: 15, arbitrary: name === 'gate' ? gate : name === 'item' ? item : fc.constant('{subject}') },
          { weight: 1, arbitrary: junk },
        ),
      ]),
  );
  return fc
    .record({
      subject: path.includes('{id}')
        ? fc.oneof(
            { weight: 8, arbitrary: fc.constantFrom(...(visible.length ? visible : subjects)) },
            { weight: 1, arbitrary: fc.constantFrom(...subjects) },
          )
        : fc.constant(undefined),
      path: fc.record(places),
      query: fc
        .record(Object.fromEntries(inQuery.map(({ name, schema: of }) => [name, queryValue(name, of, endpoint)])), {
          requiredKeys: inQuery.filter((each) => each.required).map(({ name }) => name),
        })
        .chain((all) =>
          fc
            .subarray(Object.keys(all))
            .map((kept) =>
              Object.fromEntries(
                Object.entries(all).filter(
                  ([name]) => kept.includes(name) || inQuery.some((each) => each.name === name && each.required),
                ),
              ),
            ),
        ),
      body: schema
        ? valueOf(schema, source)
        : endpoint.takesBytes
          ? fc.uint8Array({ maxLength: 300 })
          : fc.constant(undefined),
      fresh: fc.boolean().map((each) => each || endpoint.method === 'PATCH'),
      program: fc.constantFrom('ui', 'cli', 'mobile', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''),
    })
    .map((request) => {
      // A gate is mostly asked of a record that it belongs to.
      const own = [...app.application.registry.gates.keys()].filter((each) =>
        usedAt(each, request.subject?.type ?? ''),
      );
      return type === 'gate' && request.path['gate'] && own.length && request.fresh
        ? {
            ...request,
            path: { ...request.path, gate: own[(request.subject?.id.charCodeAt(9) ?? 0) % own.length] ?? '' },
          }
        : request;
    });
}

function queryValue(name: string, schema: Schema, endpoint: Endpoint): fc.Arbitrary<unknown> {
  if (name === 'sort')
    return fc.constantFrom(
      'number',
      '-number',
      '-updatedAt',
      'updatedAt',
      'title',
      'nope',
      '-priority',
      'priority',
      '',
    );
  if (name === 'cursor')
    return fc.constantFrom(
      ...[
        [1, 2],
        ['x', 1],
        ['2015-01-01', 2],
        [1e300, 1],
        [null, 1],
      ].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')),
      'x',
    );
  if (name === 'limit') return fc.constantFrom(1, 2, 50, 200, 201, 0, 'x');
  if (name === 'state') return fc.constantFrom('live', 'agreed', 'live,agreed', '', ',', '\u0000');
  return endpoint.method === 'GET' ? valueOf(schema, source) : valueOf(schema, source);
}

async function send(
  who: Who,
  described: Described,
  request: Request,
): Promise<{ status: number; problem: string | undefined }> {
  const { endpoint } = described;
  const { id } = request.subject ?? { id: '' };
  const url = described.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(
      (request.path[name] ?? '')
        .replace(
          '{subject}',
          request.subject?.ref && request.fresh && endpoint.method === 'GET' ? request.subject.ref : id,
        )
        .toWellFormed(),
    ),
  );
  const query = new URLSearchParams(
    Object.entries(request.query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  const body =
    request.fresh && isObject(request.body) && 'expectedVersion' in request.body
      ? { ...request.body, ...(await seen(who, described, request)) }
      : request.body;
  const answer = await app.server.inject({
    method: endpoint.method,
    url: `${url}${query.size ? `?${query}` : ''}`,
    headers: {
      authorization: `Bearer ${keys.get(who)}`,
      'x-servicewright-client': request.program,
      ...(body === undefined
        ? {}
        : { 'content-type': endpoint.takesBytes ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
  });
  return {
    status: answer.statusCode,
    problem: wrong(endpoint, answer.statusCode, String(answer.headers['content-type']), answer.body),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What somebody who has just read the page would send along: the version, and at a gate the evidence. */
async function seen(who: Who, { operation }: Described, { subject, path }: Request): Promise<Record<string, unknown>> {
  if (!subject) return {};
  if (operation.operationId === 'gate.decide') {
    const page = await app.server.inject({
      url: `/api/v1/gates/${encodeURIComponent((path['gate'] ?? '').toWellFormed())}/${subject.id}`,
      headers: { authorization: `Bearer ${keys.get(who)}` },
    });
    return page.statusCode === 200
      ? {
          expectedVersion: page.json<{ subject: { version: number } }>().subject.version,
          evidenceHash: page.json<{ evidenceHash: string }>().evidenceHash,
        }
      : {};
  }
  const { rows } = await app.database.ownerPool.query<{ version: number }>(
    'select version from core.record where id = $1',
    [subject.id],
  );
  return rows[0] ? { expectedVersion: rows[0].version } : {};
}

/** What is wrong with an answer, if anything: a fault of the server, or a shape that the document does not declare. */
function wrong(endpoint: Endpoint, status: number, kind: string, text: string): string | undefined {
  if (status >= 500) return `a fault of the server: ${text}`;
  const body: unknown = JSON.parse(text);
  const isDone = status < 300;
  if (isDone && status !== endpoint.status) return `answers ${status} where ${endpoint.status} is declared`;
  if (!isDone && !kind.startsWith('application/problem+json')) return `a problem told as ${kind}`;
  const parsed = (isDone ? endpoint.response : problemSchema).safeParse(body);
  if (!parsed.success)
    return `its answer is not as declared: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`;
  return isDeepStrictEqual(parsed.data, body) ? undefined : 'its answer holds more than is declared';
}

describe('every operation, with any input, by anybody', () => {
  it.each(callers)(
    'answers a %s with what it declares, and never with a fault of its own',
    async (who) => {
      const faults: string[] = [];
      for (const described of operations.filter(({ operation }) => operation.operationId !== 'live.entries')) {
        const result = await fc.check(
          fc.asyncProperty(requestOf(who, described), async (request) => {
            const { status, problem } = await send(who, described, request);
            answered.set(status, (answered.get(status) ?? 0) + 1);
            if (problem) throw new Error(problem);
          }),
          { numRuns: runs[described.method] * thoroughness, seed: seed + callers.indexOf(who), endOnFailure: true },
        );
        if (result.failed)
          faults.push(
            `${described.operation.operationId} ${JSON.stringify(result.counterexample)} (seed ${result.seed}): ${String(result.errorInstance)}`,
          );
      }
      expect(faults).toEqual([]);
    },
    90_000 * thoroughness,
  );

  // Whatever was written: what is hashed is what is stored.
  it('leaves nothing that the journal cannot vouch for', async () => {
    const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(differences).toEqual([]);
  }, 120_000);

  it.runIf(thoroughness === 1)('does what was asked often enough for that to mean something', () => {
    const total = [...answered.values()].reduce((sum, count) => sum + count, 0);
    const done = [...answered].reduce((sum, [status, count]) => sum + (status < 300 ? count : 0), 0);
    expect(total).toBeGreaterThan(5000);
    expect(done / total).toBeGreaterThan(0.3);
  });
});
