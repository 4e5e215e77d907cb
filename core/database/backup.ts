// A backup is one gzip file of text: a header, then every table as COPY writes it, all of one snapshot. Rows pass through; memory stays small.
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

export interface BackupHeader {
  format: 1;
  takenAt: string;
  /** Names of the migrations that made the schema. */
  migrations: string[];
  sequences: { name: string; value: number }[];
  /** Months of the journal. */
  months: string[];
  /** Public keys of the checkpoints, by key id: a restored installation goes on verifying them. */
  checkpointKeys: Record<string, string>;
}

export class BackupRefused extends Error {}

const sqlName = /^(?:"?[A-Za-z_][A-Za-z0-9_]*"?)(?:\."?[A-Za-z_][A-Za-z0-9_]*"?)?$/;
const endOfTable = String.raw`\.`;
/** Rebuilt by whoever runs: counters of tries; and what the migrations themselves keep. Tables of ours say so in their comment. */
const left = ['core.migration', 'identity."rateLimit"'];

/** Writes all data of one snapshot to a file. The caller takes a checkpoint first. */
export async function backup(
  client: pg.PoolClient,
  schemas: readonly string[],
  file: string,
  checkpointKeys: Record<string, string>,
  takenAt: string,
): Promise<{ tables: number }> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const tables = await tablesOf(client, schemas);
    const header: BackupHeader = {
      format: 1,
      takenAt,
      checkpointKeys,
      migrations: await migrationsOf(client),
      sequences: await sequencesOf(client, schemas),
      months: await monthsOf(client),
    };
    await pipeline(
      Readable.from(contents(client, header, tables)),
      createGzip(),
      createWriteStream(file, { mode: 0o600, flags: 'wx' }),
    );
    return { tables: tables.length };
  } finally {
    await client.query('rollback');
  }
}

interface Table {
  name: string;
  columns: string[];
}

async function* contents(
  client: pg.PoolClient,
  header: BackupHeader,
  tables: readonly Table[],
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  for (const table of tables) {
    yield Buffer.from(`${JSON.stringify(table)}\n`);
    yield* client.query(
      copyTo(`copy (select ${table.columns.join(', ')} from ${table.name}) to stdout`),
    ) as AsyncIterable<Buffer>;
    yield Buffer.from(`${endOfTable}\n`);
  }
}

/** Fills an empty database, migrated by the same migrations, from a backup: all of it, or nothing. */
export async function restore(client: pg.PoolClient, file: string): Promise<BackupHeader> {
  const lines = linesOf(unpacked(file));
  const first = await lines.next();
  const header = headerOf(first.done ? '' : first.value, file);
  await checkTarget(client, header);
  await client.query('begin');
  try {
    for (const month of header.months) await client.query('select core.ensure_journal_month($1)', [month]);
    for (let line = await lines.next(); !line.done; line = await lines.next())
      await fillTable(client, JSON.parse(line.value) as Table, lines);
    for (const { name, value } of header.sequences)
      await client.query('select setval($1::regclass, $2)', [name, value]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return header;
}

function unpacked(file: string): Readable {
  const gunzip = createGunzip();
  return createReadStream(file)
    .on('error', (error) => gunzip.destroy(error))
    .pipe(gunzip);
}

/** Lines that end in a line feed and in nothing else: texts may hold other characters that some readers take for an end. */
async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest) yield rest;
}

async function fillTable(client: pg.PoolClient, table: Table, lines: AsyncIterator<string>): Promise<void> {
  if (![table.name, ...table.columns].every((name) => sqlName.test(name)))
    throw new BackupRefused('The backup names a table that cannot be one. Nothing was restored.');
  await pipeline(
    Readable.from(rowsOf(lines, table.name)),
    client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin`)),
  );
}

async function* rowsOf(lines: AsyncIterator<string>, table: string): AsyncGenerator<Buffer> {
  let text = '';
  for (;;) {
    const line = await lines.next();
    if (line.done)
      throw new BackupRefused(`The backup ends in the middle of ${table}: it is not whole. Nothing was restored.`);
    if (line.value === endOfTable) break;
    text += `${line.value}\n`;
    if (text.length < 262_144) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text) yield Buffer.from(text);
}

function headerOf(line: string, file: string): BackupHeader {
  try {
    const header = JSON.parse(line) as BackupHeader;
    if (header.format === 1) return header;
  } catch {
    // what follows says it
  }
  throw new BackupRefused(`${file} is no backup of Servicewright that this version can read.`);
}

async function checkTarget(client: pg.PoolClient, header: BackupHeader): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select from core.record) or exists (select from core.journal) as used',
  );
  if (rows[0]?.used)
    throw new BackupRefused(
      'This installation holds records. Restore into an empty one: name a new folder in SERVICEWRIGHT_DATA.',
    );
  const here = await migrationsOf(client);
  const differing = [
    ...header.migrations.filter((name) => !here.includes(name)),
    ...here.filter((name) => !header.migrations.includes(name)),
  ];
  if (differing.length)
    throw new BackupRefused(
      `The backup was taken by another version (migrations that differ: ${differing.join(', ')}). Restore it with the version that took it, then upgrade.`,
    );
  // One empty provider stands in a new installation; the backup brings its own.
  await client.query('delete from core.provider; delete from core.claim');
}

/** Plain tables with their columns, without generated ones and without transaction numbers, which belong to one cluster only. */
async function tablesOf(client: pg.PoolClient, schemas: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       array_agg(quote_ident(a.attname) order by a.attnum) as columns
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid
     where n.nspname = any($1)
       and c.relkind in ('r', 'p')
       and not c.relispartition
       and a.attnum > 0
       and not a.attisdropped
       and a.attgenerated = ''
       and a.atttypid <> 'xid8'::regtype
       and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'Left out of backups%'
     group by n.nspname, c.relname, c.oid
     order by (n.nspname = 'identity' and c.relname = 'user') desc, 1`,
    [schemas],
  );
  return rows.filter((row) => !left.includes(row.name));
}

async function migrationsOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from core.migration order by name');
  return rows.map((row) => row.name);
}

async function sequencesOf(client: pg.PoolClient, schemas: readonly string[]): Promise<BackupHeader['sequences']> {
  const { rows } = await client.query<{ name: string; value: number }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value as value
     from pg_sequences
     where schemaname = any($1) and last_value is not null
     order by 1`,
    [schemas],
  );
  return rows;
}

async function monthsOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(
    `select to_char(min(recorded_at), 'YYYY-MM-01') as month
     from core.journal
     group by date_trunc('month', recorded_at)
     order by 1`,
  );
  return rows.map((row) => `${row.month}T00:00:00.000Z`);
}
