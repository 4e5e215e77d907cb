// A parameter that an endpoint does not know is never ignored: its answer would be to another question.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content?: Record<string, unknown> };
}

let app: TestApplication;
let person: Client;
let operations: { path: string; method: 'GET' | 'POST' | 'PATCH'; operation: Operation }[];

beforeAll(async () => {
  app = await createTestApplication();
  person = await app.person('Ina Improver', ['CSI', 'SOW']);
  const { paths } = (await app.server.inject({ url: '/api/v1/openapi.json' })).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path: path.replace('/api/v1', '').replace(/\{\w+\}/g, app.providerId),
      method: method.toUpperCase() as 'GET',
      operation,
    })),
  );
});
afterAll(() => app.close());

describe('an unknown parameter of the query', () => {
  it('is refused by every endpoint, by name, with what may be asked', async () => {
    expect(operations.length).toBeGreaterThan(100);
    for (const { path, method, operation } of operations) {
      const call =
        method === 'GET'
          ? person.get(`${path}?surprise=1`)
          : method === 'POST'
            ? operation.requestBody?.content?.['application/octet-stream']
              ? person.upload(`${path}?surprise=1`, Buffer.from('x'))
              : person.post(`${path}?surprise=1`, {})
            : person.patch(`${path}?surprise=1`, {});
      const { status, body } = await call;
      const told = body.refusals?.find(({ code }: { code: string }) => code === 'input.unknown-parameter');
      expect([operation.operationId, status, told?.field]).toEqual([operation.operationId, 422, 'surprise']);
      const known = (operation.parameters ?? []).filter((each) => each.in === 'query');
      for (const { name } of known) expect(told.hint).toContain(name);
    }
  });

  it('is refused as well where it asks for an earlier time that cannot be told', async () => {
    for (const { path, method, operation } of operations.filter((each) => each.method === 'GET')) {
      if (operation.parameters?.some(({ name }) => name === 'asOf')) continue;
      const { status, body } = await person.get(`${path}?asOf=2016-04-10T00:00:00Z`);
      expect([operation.operationId, method, status]).toEqual([operation.operationId, 'GET', 422]);
      const told = body.refusals.map(({ sentence }: { sentence: string }) => sentence);
      expect(told.join(' ')).toContain('as of now only');
    }
  });
});
