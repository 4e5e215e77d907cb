import { afterAll, beforeAll, expect, it } from 'vitest';
import { tableColumns } from '../../core/record/define/row.ts';
import { createTestDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { createRegistry } from './registry.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const definitions = [...createRegistry().records.values()].map(({ definition }) => definition);

it.each(definitions.map((definition) => [definition.type, definition] as const))(
  'keeps a %s in columns of its fields and states of its lifecycle',
  async (_type, definition) => {
    const { rows: columns } = await database.ownerPool.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname`,
      [definition.table],
    );
    const own = ['provider_id', 'id', 'state'];
    const found = columns
      .filter(({ name }) => !own.includes(name))
      .map(({ name, type }) => `${name} ${type === 'timestamp with time zone' ? 'timestamptz' : type}`);
    const wanted = tableColumns(definition).map(({ name, type }) => `${name} ${type}`);
    expect(found).toEqual(expect.arrayContaining(wanted));

    const { rows } = await database.ownerPool.query<{ condition: string }>(
      `select pg_get_constraintdef(oid) as condition from pg_constraint where conrelid = $1::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%state%'`,
      [definition.table],
    );
    const states = [...(rows[0]?.condition ?? '').matchAll(/'([a-z0-9_]+)'::text/g)].map(([, state]) => state);
    expect(new Set(states)).toEqual(new Set(Object.keys(definition.lifecycle.states)));
  },
);

it.each(definitions.map((definition) => [definition.type, definition] as const))(
  'has an index for every sort of a list of %s',
  async (_type, definition) => {
    const { rows } = await database.ownerPool.query<{ definition: string }>(
      'select pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = $1::regclass',
      [definition.table],
    );
    const indexes = rows.map((row) => row.definition).join('\n');
    for (const sort of definition.sorts ?? []) {
      const column = sort.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expect(indexes).toMatch(new RegExp(`provider_id, COALESCE\\(${column}\\b`));
    }
  },
);
