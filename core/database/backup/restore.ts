// Fills an empty database from a backup, in one transaction: all of it, or nothing. No name that a file brings is ever spelled into
// SQL: it must be one that the catalogue of the migrated database gives.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrateWithin, readMigrations } from '../migrate.ts';
import type { Migration, MigrationFolder } from '../migrate.ts';
import { migrationsOf, sequencesOf, tablesOf } from './own-tables.ts';
import { BackupRefused, endOfTable, headerOf, jsonOf } from './format.ts';
import type { BackupHeader, Table } from './format.ts';
import { Lines, openSigned } from './read.ts';
import { asPlainRole } from './plain-role.ts';

export interface RestoreOptions {
  folders: readonly MigrationFolder[];
  /** The role that the application signs in with. */
  appLogin?: string | undefined;
  file: string;
  /** Whether a file that this key signed is believed; asked with its fingerprint. */
  believes: (fingerprint: string) => boolean;
}

export interface Restored {
  header: BackupHeader;
  fingerprint: string;
  /** Migrations that this version ran on what an older one had backed up. */
  upgraded: string[];
}

export async function restore(client: pg.PoolClient, options: RestoreOptions): Promise<Restored> {
  const file = await openSigned(options.file, options.believes);
  const lines = new Lines(file);
  try {
    const header = headerOf((await lines.next())?.toString() ?? '');
    await client.query('begin');
    try {
      const upgraded = await inOneTransaction(client, { ...options, header, lines });
      await client.query('commit');
      return { header, fingerprint: file.fingerprint, upgraded };
    } catch (error) {
      await client.query('rollback');
      throw explained(error);
    }
  } finally {
    await lines.close();
    await file.handle.close();
  }
}

interface Restoring extends RestoreOptions {
  header: BackupHeader;
  lines: Lines;
}

async function inOneTransaction(client: pg.PoolClient, restoring: Restoring): Promise<string[]> {
  const { folders, appLogin, header } = restoring;
  const schemas = folders.map(({ schema }) => schema);
  // Whoever else is at work in an installation that is to be filled keeps it: better refused than waited for.
  await client.query("set local lock_timeout = '10s'; set local statement_timeout = 0");
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const older = olderOf(await readMigrations(folders), header);
  await prepareTarget(client, schemas, header);
  await migrateWithin(client, folders, { appLogin, only: older });
  await fill(client, schemas, restoring);
  return migrateWithin(client, folders, { appLogin });
}

/** The names of a file's migrations, which this version must all know as they were. */
function olderOf(known: readonly Migration[], { migrations }: BackupHeader): ReadonlySet<string> {
  const hashes = new Map(known.map(({ name, sha256 }) => [name, sha256]));
  const newer = migrations.filter(([name]) => !hashes.has(name)).map(([name]) => name);
  if (newer.length)
    throw new BackupRefused(
      `The backup was taken by a newer version (this one does not know ${newer.slice(0, 3).join(', ')}). Restore it with that version.`,
    );
  const edited = migrations.filter(([name, sha256]) => hashes.get(name) !== sha256).map(([name]) => name);
  if (edited.length)
    throw new BackupRefused(
      `The backup was taken by a version that was never released (${edited.slice(0, 3).join(', ')} read otherwise there). Restore it with that version.`,
    );
  return new Set(migrations.map(([name]) => name));
}

/** An installation that holds no record yet and was made by other migrations is made anew by those of the file. */
async function prepareTarget(client: pg.PoolClient, schemas: readonly string[], header: BackupHeader): Promise<void> {
  const { rows: found } = await client.query<{ migrated: boolean; foreign: string | null }>(
    `select to_regclass('core.migration') is not null as migrated,
       (select string_agg(nspname, ', ') from pg_namespace where nspname = any($1)) as foreign`,
    [schemas],
  );
  const [{ migrated, foreign } = { migrated: false, foreign: null }] = found;
  if (!migrated) {
    if (foreign) throw new BackupRefused(`The database has schemas of somebody else (${foreign}). Name another one.`);
    return;
  }
  const here = await migrationsOf(client);
  if (here.length && (await isUsed(client)))
    throw new BackupRefused(
      'This installation holds records. Restore into an empty one: name a new folder in SERVICEWRIGHT_DATA.',
    );
  if (JSON.stringify(here) === JSON.stringify(header.migrations)) return;
  for (const schema of schemas) await client.query(`drop schema if exists ${schema} cascade`);
}

async function isUsed(client: pg.PoolClient): Promise<boolean> {
  const { rows: there } = await client.query<{ there: boolean }>(
    "select to_regclass('core.record') is not null and to_regclass('core.journal') is not null as there",
  );
  if (!there[0]?.there) return false;
  // Who writes at this moment is waited for, and whoever would from here on waits: what is looked at is what is emptied.
  await client.query('lock table core.record, core.journal in access exclusive mode');
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select from core.record) or exists (select from core.journal) as used',
  );
  return rows[0]?.used === true;
}

async function fill(client: pg.PoolClient, schemas: readonly string[], { header, lines }: Restoring): Promise<void> {
  const tables = await tablesOf(client, schemas);
  if (JSON.stringify(tables) !== JSON.stringify(header.tables))
    throw new BackupRefused('The backup lists other tables than the version that took it has. Nothing was restored.');
  const known = new Set((await sequencesOf(client, schemas, { all: true })).map(({ name }) => name));
  const strange = header.sequences.find(({ name }) => !known.has(name));
  if (strange) throw new BackupRefused('The backup names a sequence that is none of ours. Nothing was restored.');
  await empty(client, tables);
  for (const month of header.months) await client.query('select core.ensure_journal_month($1)', [month]);
  await asPlainRole(client, schemas, async () => {
    for (const table of tables) await fillTable(client, table, lines);
    for (const { name, value } of header.sequences)
      await client.query('select setval($1::regclass, $2)', [name, value]);
  });
  await checkCounts(client, tables, lines);
}

/** A new installation holds an empty provider and the link of its first administrator; the backup brings its own, and nobody is signed in. */
async function empty(client: pg.PoolClient, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables.toReversed()) await client.query(`delete from ${name}`);
  await client.query('delete from identity.session; delete from identity.verification');
}

async function fillTable(client: pg.PoolClient, { name, columns }: Table, lines: Lines): Promise<void> {
  if ((await lines.next())?.toString() !== JSON.stringify({ table: name }))
    throw new BackupRefused(`The backup does not hold ${name}, which it lists. Nothing was restored.`);
  await pipeline(
    Readable.from(rowsOf(lines, name)),
    client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`)),
  );
}

const lineFeed = Buffer.from('\n');

async function* rowsOf(lines: Lines, table: string): AsyncGenerator<Buffer> {
  let rows: Buffer[] = [];
  let length = 0;
  for (;;) {
    const line = await lines.next();
    if (!line)
      throw new BackupRefused(`The backup ends in the middle of ${table}: it is not whole. Nothing was restored.`);
    if (line.length === endOfTable.length && line.toString() === endOfTable) break;
    rows.push(line, lineFeed);
    length += line.length;
    if (length < 262_144) continue;
    yield Buffer.concat(rows);
    rows = [];
    length = 0;
  }
  if (rows.length) yield Buffer.concat(rows);
}

/** What stands afterwards is as many rows as were written, of each table, and nothing follows in the file. */
async function checkCounts(client: pg.PoolClient, tables: readonly Table[], lines: Lines): Promise<void> {
  const counts: number[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: number }>(`select count(*)::bigint as count from ${name}`);
    counts.push(rows[0]?.count ?? 0);
  }
  const told = jsonOf((await lines.next())?.toString() ?? '');
  const differing = tables.find((_table, index) => counts[index] !== toldRows(told)?.[index]);
  if (differing)
    throw new BackupRefused(`Of ${differing.name} other rows came than the backup tells. Nothing was restored.`);
  if ((await lines.next()) || !lines.isAsSigned())
    throw new BackupRefused(
      'The backup goes on after its end, or was exchanged while it was read. Nothing was restored.',
    );
}

const toldRows = (told: unknown): readonly unknown[] | undefined =>
  typeof told === 'object' && told && 'rows' in told && Array.isArray(told.rows) ? told.rows : undefined;

/** What the database says of rows that do not fit is one line for the operator as well. */
function explained(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || !error.code) return error;
  if (error.code === '55P03')
    return new BackupRefused('Something else works in this installation. Stop its server, then restore.', {
      cause: error,
    });
  // Data exceptions, broken constraints, statements that the restoring role may not run.
  if (/^(?:22|23|42501)/.test(error.code))
    return new BackupRefused(`The backup's rows do not fit (${error.message}). Nothing was restored.`, {
      cause: error,
    });
  return error;
}
