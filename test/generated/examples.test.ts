// Every operation of the served OpenAPI document is described, and called as its example says, with the reader's own ids in it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { anyId } from '../../core/http/example.ts';
import { problemSchema } from '../../core/http/problem.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';
import { exploredScene } from '../support/exploration.ts';
import { namedBy } from '../support/walk-steps.ts';
import type { Scene } from '../support/exploration.ts';
import { creations } from '../support/walk-creations.ts';

interface Operation {
  operationId: string;
  description?: string;
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required: boolean; example?: unknown }[];
  requestBody?: { content: { 'application/json'?: { example?: unknown } } };
}

let app: TestApplication;
let scene: Scene;
let administrator: Client;
let operations: Operation[];
beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  scene = await exploredScene(app);
  administrator = await app.person('Ada Min', ['ADM']);
  const { body } = await app.stranger.get('/openapi.json');
  operations = Object.values<Record<string, Operation>>(body.paths).flatMap((methods) => Object.values(methods));
});
afterAll(() => app.close());

it('is described in a sentence, with an example where something is to be given', () => {
  const lacking = operations.flatMap(({ operationId, description, parameters = [], requestBody }) => {
    const json = requestBody?.content['application/json'];
    return [
      ...(description?.endsWith('.') ? [] : [`${operationId}: no sentence says what it does`]),
      ...parameters
        .filter((each) => each.required && each.example === undefined)
        .map(({ name }) => `${operationId}: no example of ${name}`),
      ...(json && json.example === undefined ? [`${operationId}: no example of its body`] : []),
    ];
  });
  expect(lacking).toEqual([]);
});

it('takes its example, and answers as it is declared', async () => {
  const wrong: string[] = [];
  for (const operation of operations) {
    const endpoint = app.endpoints.find(({ operationId }) => operationId === operation.operationId);
    if (!endpoint || isApart(endpoint)) continue;
    const { faults, done } = await tried(operation, endpoint);
    // Rules may refuse a write whose request is right; what reads, is told.
    if (!done && endpoint.method === 'GET' && !isOfNothing(endpoint)) faults.push('was not carried out');
    wrong.push(...faults.map((fault) => `${operation.operationId}: ${fault}`));
  }
  expect(wrong).toEqual([]);
});

/** What answers for as long as it is listened to, plays the example, or takes and gives bytes rather than JSON. */
const isApart = ({ operationId, takesBytes, givesBytes }: Endpoint): boolean =>
  operationId === 'live.entries' || operationId.startsWith('demo.') || takesBytes !== undefined || givesBytes === true;

/** Of what there is none in the example. */
const isOfNothing = ({ operationId, path }: Endpoint): boolean =>
  operationId.startsWith('import-run.') && path.includes('{');

/**
 * By somebody with every role of the provider, then by somebody with every role of the business, then by who administers the
 * installation, which nobody of an example does.
 */
async function tried(operation: Operation, endpoint: Endpoint): Promise<{ faults: string[]; done: boolean }> {
  const faults: string[] = [];
  for (const by of [scene.provider, scene.business, administrator]) {
    const answer = await call(by, operation, endpoint);
    if (answer.status === endpoint.status) {
      const read = endpoint.response.safeParse(answer.body);
      return { faults: read.success ? [] : [`its answer does not fit its schema: ${read.error.message}`], done: true };
    }
    const read = problemSchema.safeParse(answer.body);
    if (!read.success) faults.push(`answered ${answer.status} with what is no problem`);
    else
      faults.push(
        ...read.data.refusals
          .filter(({ code }) => code.startsWith('input.') || code === 'http.malformed')
          .map(({ code, sentence }) => `${code}: ${sentence}`),
      );
  }
  return { faults, done: false };
}

async function call(by: Client, { operationId, parameters = [], requestBody }: Operation, endpoint: Endpoint) {
  const type = operationId.split('.')[0] ?? '';
  const subject = await subjectOf(type, endpoint);
  const records = app.application.registry.records;
  const filled = async (name: string, value: unknown): Promise<string> =>
    String(value !== anyId ? value : records.has(name) ? await scene.any(name) : subject);
  const given = new Map<string, string>();
  for (const each of parameters) if (each.required) given.set(each.name, await filled(each.name, each.example));
  const url = endpoint.path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(given.get(name) ?? ''));
  const asked = parameters.filter((each) => each.in === 'query' && each.required);
  const query = new URLSearchParams(asked.map(({ name }) => [name, given.get(name) ?? '']));
  const path = query.size ? `${url}?${query}` : url;
  if (endpoint.method === 'GET') return by.get(path);
  const body = await ownIds(type, requestBody?.content['application/json']?.example, subject);
  return endpoint.method === 'PATCH' ? by.patch(path, body) : by.post(path, body);
}

/** A record of the operation's type, brought to where its move starts. */
async function subjectOf(type: string, { writes, path }: Endpoint): Promise<string> {
  const record = app.application.registry.records.get(type);
  if (type === 'gate') return scene.any('business-requirement');
  if (!record || !path.includes('{')) return (await scene.standing('incident', ['closed']))[0] ?? scene.any('incident');
  const [id = await creations[type]?.(scene)] = await scene.all(type);
  if (!id) throw new Error(`there is no recipe that creates a ${type}`);
  const { table, lifecycle } = record.definition;
  const [move] = writes?.moves?.length === 1 ? writes.moves : [];
  const open = Object.entries(lifecycle.states).find(([, state]) => state.editable)?.[0];
  const state = move ? lifecycle.moves[move]?.from[0] : writes?.edits ? open : undefined;
  for (const of of state ? [table, 'core.record'] : [])
    await app.database.ownerPool.query(`update ${of} set state = $2 where id = $1`, [id, state]);
  return id;
}

/** The example with ids of the reader's own records, and the version that the subject stands at. */
async function ownIds(type: string, example: unknown, subject: string): Promise<object> {
  const fields = app.application.registry.records.get(type)?.definition.fields ?? {};
  const own = async (name: string, value: unknown): Promise<unknown> => {
    if (name === 'expectedVersion') return versionOf(subject);
    if (Array.isArray(value)) return Promise.all(value.map((each) => own(name, each)));
    if (typeof value === 'object' && value !== null) return all(value);
    if (value !== anyId) return value;
    const field = fields[name];
    if (field?.kind === 'reference') return namedBy(scene, field);
    if (field?.kind === 'person') return scene.provider.id;
    if (field?.kind === 'customer') return scene.customer;
    if (field?.kind === 'team') return scene.any('team');
    return app.application.registry.records.has(name) ? scene.any(name) : subject;
  };
  const all = async (value: object): Promise<object> =>
    Object.fromEntries(
      await Promise.all(Object.entries(value).map(async ([name, each]) => [name, await own(name, each)] as const)),
    );
  return all(typeof example === 'object' && example !== null ? example : {});
}

async function versionOf(id: string): Promise<number> {
  const { rows } = await app.database.ownerPool.query<{ version: number }>(
    'select version from core.record where id = $1',
    [id],
  );
  return rows[0]?.version ?? 1;
}
