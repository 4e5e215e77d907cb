import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { connect, inTransaction, queryBuilder } from './connect.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.ownerPool.query(
    'create schema sample; create table sample.note (id int primary key, text text not null)',
  );
});
afterAll(() => database.drop());

const one = async (sql: string): Promise<unknown> =>
  (await database.ownerPool.query<{ value: unknown }>(`select ${sql} as value`)).rows[0]?.value;

test.each([
  ['a bigint as a number', '9007199254740991::int8', 9007199254740991],
  ['bigints in an array as numbers', "'{1,null,-3}'::int8[]", [1, null, -3]],
  ['a time as ISO 8601 with milliseconds', "'2026-03-01 09:00:00.5+01'::timestamptz", '2026-03-01T08:00:00.500Z'],
  ['a time cut to milliseconds', "'2026-03-01 08:00:00.123999Z'::timestamptz", '2026-03-01T08:00:00.123Z'],
  ['an endless time as it is', "'infinity'::timestamptz", 'infinity'],
  ['times in an array', "array['2026-03-01 08:00Z'::timestamptz]", ['2026-03-01T08:00:00.000Z']],
  ['a date as a plain day', "'2026-03-01'::date", '2026-03-01'],
  ['a numeric as a string that keeps its digits', '10.50::numeric', '10.50'],
  ['nothing as null', 'null::timestamptz', null],
])('reads %s', async (_name, sql, expected) => {
  expect(await one(sql)).toEqual(expected);
});

test('refuses a bigint that a number cannot hold, instead of giving another one', async () => {
  await expect(one('9007199254740992::int8')).rejects.toThrow('does not fit into a number');
});

test('a session is in UTC and ends long statements, unless it was opened for them', async () => {
  const ask =
    "select current_setting('timezone') as zone, current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle";
  const patient = connect(database.ownerConfig, { longStatements: true });
  expect((await database.appPool.query(ask)).rows).toEqual([{ zone: 'UTC', statement: '30s', idle: '1min' }]);
  expect((await patient.query(ask)).rows).toEqual([{ zone: 'UTC', statement: '0', idle: '0' }]);
  await patient.end();
});

test('commits what returns and rolls back what throws', async () => {
  await inTransaction(database.ownerPool, (client) => client.query("insert into sample.note values (1, 'kept')"));
  const failing = inTransaction(database.ownerPool, async (client) => {
    await client.query("insert into sample.note values (2, 'gone')");
    throw new Error('thrown on purpose');
  });
  await expect(failing).rejects.toThrow('thrown on purpose');
  expect((await database.ownerPool.query('select text from sample.note')).rows).toEqual([{ text: 'kept' }]);
});

test('a query builder on a client works inside that transaction', async () => {
  type Tables = { 'sample.note': { id: number; text: string } };
  const failing = inTransaction(database.ownerPool, async (client) => {
    const builder = queryBuilder<Tables>(client);
    await builder.insertInto('sample.note').values({ id: 3, text: 'inside' }).execute();
    expect(await builder.selectFrom('sample.note').select('text').where('id', '=', 3).execute()).toEqual([
      { text: 'inside' },
    ]);
    throw new Error('thrown on purpose');
  });
  await expect(failing).rejects.toThrow('thrown on purpose');
  expect(
    await queryBuilder<Tables>(database.ownerPool).selectFrom('sample.note').selectAll().where('id', '=', 3).execute(),
  ).toEqual([]);
});

test('a connection that the server ends fails its query and nothing else', async () => {
  const pool = connect(database.ownerConfig, { max: 1 });
  const ended = inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.ownerPool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await client.query('select 1');
  });
  await expect(ended).rejects.toThrow();
  expect((await pool.query('select 1 as value')).rows).toEqual([{ value: 1 }]);
  await pool.end();
});
