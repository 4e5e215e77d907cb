// What screens offer to make or to do has an endpoint behind it, and is offered to whom the server would let.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { valueOf } from '../support/from-schema.ts';
import type { Schema } from '../support/from-schema.ts';

let app: TestApplication;
let paths: Record<string, Record<string, unknown>>;
let schemas: Record<string, Schema>;
let customer: string;

beforeAll(async () => {
  app = await createTestApplication();
  const { body } = await app.stranger.get('/openapi.json');
  paths = body.paths;
  schemas = body.components.schemas;
  customer = await app.customer('Marlow');
});
afterAll(() => app.close());

const definitions = () => [...app.application.registry.records.values()].map(({ definition }) => definition);
const has = (method: string, path: string): boolean =>
  Object.entries(paths).some(([each, methods]) => each.endsWith(path) && method in methods);

it('every move that a record page may show as a button has an endpoint', () => {
  const missing = definitions().flatMap(({ path, lifecycle }) =>
    Object.entries(lifecycle.moves)
      .filter(([, move]) => !move.gate && move.who.some((role) => role !== 'system'))
      .map(([name]) => `/${path}/{id}/moves/${name}`)
      .filter((each) => !has('post', each)),
  );
  expect(missing).toEqual([]);
});

/** Bodies as the endpoint's schema wants them; the server looks at a body before it looks at a role. */
function bodiesOf(path: string): object[] {
  const [, methods] = Object.entries(paths).find(([each]) => each.endsWith(path)) ?? [];
  if (!methods) throw new Error(`nothing at ${path}`);
  const schema = (methods['post'] as Body).requestBody.content['application/json'].schema as Schema;
  const bodies = fc.sample(valueOf(schema, { schemas, ids: [customer] }), { numRuns: 60, seed: 7 });
  return bodies.filter((body) => typeof body === 'object' && body !== null);
}

/** Whether the server stops a person at the role; undefined while it stops at the body. */
async function isBarred(person: Client, path: string): Promise<boolean | undefined> {
  for (const body of bodiesOf(path)) {
    const { status, body: answer } = await person.post(`/${path}`, body);
    if (status < 300) return false;
    if (answer.code !== 'input.invalid') return answer.code === 'permission.role';
  }
  return undefined;
}

it('is offered as new exactly what may be made', async () => {
  const byHand = definitions().filter(({ path }) => has('post', `/${path}`));
  const judged = new Set<string>();
  const wrong: string[] = [];
  for (const { code, side } of roles.values()) {
    const person = await app.person(`The ${code}`, [code], side === 'B' ? { customer } : {});
    const { creates } = (await person.get('/me')).body;
    const unknown = creates.filter((type: string) => !byHand.some((each) => each.type === type));
    wrong.push(...unknown.map((type: string) => `${code}: ${type} has no endpoint`));
    for (const { type, path } of byHand) {
      const barred = await isBarred(person, path);
      if (barred !== undefined) judged.add(type);
      if (barred !== undefined && barred === creates.includes(type)) wrong.push(`${code}: ${type}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(byHand.map(({ type }) => type).filter((type) => !judged.has(type))).toEqual([]);
});
