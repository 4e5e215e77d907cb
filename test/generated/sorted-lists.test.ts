// Every order that a list offers has an index of that very order: its expression, then the id that parts equal rows.
import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { createRegistry } from '../../app/server/registry.ts';
import { snakeCase } from '../../core/record/define/define.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const sorts = [...createRegistry().records.values()].flatMap(({ definition }) =>
  (definition.sorts ?? []).map((sort) => [definition.table, snakeCase(sort)] as const),
);
let database: TestDatabase;
const indexes: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const client = new pg.Client(database.ownerConfig);
  await client.connect();
  const { rows } = await client.query<{ indexdef: string }>('select indexdef from pg_indexes');
  // Names that are words of SQL stand in quotes.
  indexes.push(...rows.map(({ indexdef }) => indexdef.replaceAll('"', '')));
  await client.end();
});
afterAll(() => database.drop());

it.each(sorts)('%s by %s', (table, column) => {
  const order = new RegExp(String.raw` ON ${table} USING btree \(provider_id, COALESCE\(${column}, [^)]*\), id\)`);
  expect(indexes.filter((index) => order.test(index))).toHaveLength(1);
});

it('every type by its last edit', () => {
  expect(indexes.join('\n')).toContain('ON core.record USING btree (provider_id, type, updated_at, id)');
});
