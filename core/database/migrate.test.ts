import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { connect } from './connect.ts';
import { type MigrationFolder, migrate } from './migrate.ts';

let database: TestDatabase;
let folder: string;
let folders: MigrationFolder[];
beforeEach(async () => {
  database = await createTestDatabase();
  await database.ownerPool.query('truncate core.migration');
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  folders = [{ schema: 'sample', folder }];
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const write = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql);
const run = (): Promise<string[]> => migrate(database.ownerPool, folders, database.appConfig.user);
const tables = async (pool: pg.Pool): Promise<unknown[]> =>
  (await pool.query("select tablename from pg_tables where schemaname = 'sample' order by 1")).rows;

test('runs the files of a folder in the order of their numbers, each once', async () => {
  await write('0002-second.sql', 'alter table sample.note add column text text');
  await write('0001-first.sql', 'create table sample.note (id int primary key)');
  expect(await run()).toEqual(['sample/0001-first.sql', 'sample/0002-second.sql']);
  expect(await run()).toEqual([]);
});

test('refuses an edited file before it runs anything', async () => {
  await write('0001-first.sql', 'create table sample.note (id int primary key)');
  await run();
  await write('0001-first.sql', 'create table sample.note (id bigint primary key)');
  await write('0002-second.sql', 'create table sample.more (id int)');
  await expect(run()).rejects.toThrow('sample/0001-first.sql was edited after this database had run it');
  expect(await tables(database.ownerPool)).toEqual([{ tablename: 'note' }]);
});

test('refuses a database that a newer version has migrated', async () => {
  await write('0001-first.sql', 'create table sample.note (id int)');
  await run();
  await rm(join(folder, '0001-first.sql'));
  await expect(run()).rejects.toThrow('start the newer version');
});

test('goes on after a file that failed half-way, without its first half', async () => {
  await write('0001-first.sql', 'create table sample.note (id int)');
  await write('0002-second.sql', 'create table sample.half (id int); select 1 / 0');
  await expect(run()).rejects.toThrow('Migration sample/0002-second.sql failed: division by zero');
  expect(await tables(database.ownerPool)).toEqual([{ tablename: 'note' }]);
  await write('0002-second.sql', 'create table sample.whole (id int)');
  expect(await run()).toEqual(['sample/0002-second.sql']);
});

test('two processes that migrate at once run each file once', async () => {
  await write('0001-first.sql', 'create table sample.note (id int)');
  await write('0002-second.sql', 'create table sample.more (id int)');
  const both = await Promise.all([run(), run()]);
  expect(both.flat().toSorted()).toEqual(['sample/0001-first.sql', 'sample/0002-second.sql']);
});

test.each([
  ['0001-a.sql', '0001-b.sql', 'shares its number'],
  ['0001-a.sql', 'second.sql', 'is not named NNNN-name.sql'],
])('refuses the file names %s and %s', async (first, second, reason) => {
  await write(first, 'select 1');
  await write(second, 'select 1');
  await expect(run()).rejects.toThrow(reason);
});

test('the application may insert into and read what it was granted, and neither update nor delete it', async () => {
  await write(
    '0001-first.sql',
    'create table sample.entry (id int primary key); grant select, insert on sample.entry to servicewright_app',
  );
  await run();
  await database.appPool.query('insert into sample.entry values (1)');
  expect((await database.appPool.query('select id from sample.entry')).rows).toEqual([{ id: 1 }]);
  for (const sql of [
    'update sample.entry set id = 2',
    'delete from sample.entry',
    'truncate sample.entry',
    'drop table sample.entry',
    'create table sample.own (id int)',
  ]) {
    await expect(database.appPool.query(sql)).rejects.toThrow(/permission denied|must be owner/);
  }
});

test('a role that owns the database without being superuser can migrate it', async () => {
  const name = `owner_${folder.slice(-6).toLowerCase()}`;
  await write('0001-first.sql', 'create table sample.note (id int); grant select on sample.note to servicewright_app');
  await database.ownerPool.query(
    `create role ${name} login createrole password 'sample'; grant ${name} to current_user; drop schema core cascade; alter database ${database.ownerConfig.database} owner to ${name}; grant servicewright_app to ${name} with admin option`,
  );
  const pool = connect({ ...database.ownerConfig, user: name, password: 'sample' });
  expect(await migrate(pool, folders, database.appConfig.user)).toEqual(['sample/0001-first.sql']);
  await pool.end();
});
