// Calls of any operation that writes, with bodies made from its schema: what no screen sends.
import fc from 'fast-check';
import type { TestApplication } from '../support/application.ts';
import { valueOf } from '../support/from-schema.ts';
import type { Schema } from '../support/from-schema.ts';
import type { Act } from './acts.ts';
import type { Seen } from './world.ts';

export interface Calls {
  schemas: Readonly<Record<string, Schema>>;
  operations: readonly { method: 'POST' | 'PATCH'; path: string; type: string; schema: Schema | undefined }[];
}

/** What would sign somebody in or out, or start a demo, is no act on the thread. */
const left = /^\/api\/v1\/(welcome|demo|keys|import)/;

export async function callsOf(app: TestApplication): Promise<Calls> {
  interface Operation {
    operationId: string;
    requestBody?: { content: { 'application/json'?: { schema: Schema } } };
  }
  const { paths, components } = (await app.server.inject({ url: '/api/v1/openapi.json' })).json<{
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  }>();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, requestBody }]) =>
      (method === 'post' || method === 'patch') && !left.test(path)
        ? [
            {
              method: method.toUpperCase() as 'POST' | 'PATCH', // one of the two, as was asked
              path: path.replace('/api/v1', ''),
              type: operationId.split('.')[0] ?? '',
              schema: requestBody?.content['application/json']?.schema,
            },
          ]
        : [],
    ),
  );
  return { schemas: components.schemas, operations };
}

export const foreign =
  ({ schemas, operations }: Calls): Act =>
  async (world) => {
    const { chance } = world;
    const operation = chance.pick(operations);
    const by = chance.pick(world.grounds.walkers);
    if (!operation || !by) return undefined;
    const source = { schemas, ids: world.records.map(({ id }) => id) };
    const seed = chance.below(2 ** 31);
    const [body] = operation.schema ? fc.sample(valueOf(operation.schema, source), { seed, numRuns: 1 }) : [{}];
    const record = world.any(({ type }) => type === operation.type) ?? world.any();
    const fresh = isObject(body) && 'expectedVersion' in body ? { ...body, expectedVersion: record?.version } : body;
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => placeOf(name, record, world));
    const given = isObject(fresh) ? fresh : {};
    return operation.method === 'POST' ? by.post(path, given) : by.patch(path, given);
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function placeOf(name: string, record: Seen | undefined, { chance, registry }: Parameters<Act>[0]): string {
  if (name === 'gate') return chance.pick([...registry.gates.keys()]) ?? 'G1';
  if (name === 'item')
    return chance.pick([...registry.checklists.values()].flatMap(({ items }) => items))?.id ?? 'SP-01';
  return record?.id ?? '';
}
