import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { schemaDump } from './dump.ts';

const sample = `
  create schema sample;
  grant usage on schema sample to servicewright_app;
  create domain sample.colour as text check (value in ('red', 'blue'));
  create table sample.note (
    id bigint generated always as identity primary key,
    text text not null default 'none',
    colour sample.colour,
    length int generated always as (pg_catalog.length(text)) stored,
    check (text <> '')
  );
  create table sample.line (note_id bigint not null references sample.note, day date not null, primary key (note_id, day)) partition by range (day);
  create table sample.line_2026 partition of sample.line for values from ('2026-01-01') to ('2027-01-01');
  create index note_by_text on sample.note (text) where colour is not null;
  create view sample.red as select id from sample.note where colour = 'red';
  create function sample.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
  create trigger note_is_final before update on sample.note for each row execute function sample.refuse();
  grant select, insert on sample.note to servicewright_app;`;

let first: TestDatabase;
let second: TestDatabase;
beforeAll(async () => {
  [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  for (const { ownerPool } of [first, second]) await ownerPool.query(sample);
});
afterAll(() => Promise.all([first.drop(), second.drop()]));

test.each([
  ['schemas and who may use them', /^schema sample -- .*servicewright_app:USAGE/m],
  ['domains with their checks', /^domain sample\.colour as text CHECK/m],
  ['tables and who may do what', /^table sample\.note -- .*servicewright_app:INSERT, servicewright_app:SELECT/m],
  ['columns with default and nullability', /^ {2}text text not null default 'none'::text$/m],
  ['identity columns', /^ {2}id bigint not null generated always as identity$/m],
  ['generated columns', /^ {2}length integer generated always as \(length\(text\)\) stored$/m],
  ['checks', /^ {2}constraint note_text_check CHECK/m],
  ['keys', /^ {2}constraint note_pkey PRIMARY KEY \(id\)$/m],
  ['references', /FOREIGN KEY \(note_id\) REFERENCES sample\.note\(id\)/],
  ['partitions', /^table sample\.line_2026 partition of sample\.line FOR VALUES FROM/m],
  ['views', /^view sample\.red\b/m],
  ['indexes', /^CREATE INDEX note_by_text ON sample\.note .* WHERE/m],
  ['functions', /^CREATE OR REPLACE FUNCTION sample\.refuse\(\)/m],
  ['triggers', /^CREATE TRIGGER note_is_final BEFORE UPDATE ON sample\.note/m],
])('shows %s', async (_name, expected) => {
  expect(await schemaDump(first.ownerPool)).toMatch(expected);
});

test('is the same for the same schema and another for another', async () => {
  const before = await schemaDump(first.ownerPool);
  expect(await schemaDump(second.ownerPool)).toBe(before);
  await second.ownerPool.query('alter table sample.note alter column text drop default');
  expect(await schemaDump(second.ownerPool)).not.toBe(before);
});

test('leaves out what it is told to', async () => {
  expect(await schemaDump(first.ownerPool, { without: ['sample'] })).not.toContain('sample.');
});
