import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { inTransaction } from './connect.ts';
import type { Queryable } from './queryable.ts';

/** A PostgreSQL schema and the folder whose files `NNNN-name.sql` build it. */
export type MigrationFolder = { schema: string; folder: string };

/** The group role that migrations grant to; every login of the application is a member. */
export const appGroup = 'servicewright_app';

export type Migration = { name: string; sql: string; sha256: string };

// Any number, as long as every process takes the same: two that migrate at once go one after the other.
const migrationLock = 7_301_945;

/**
 * Brings the database up to the given folders and returns the names of the migrations it ran, in order.
 * Each file is one transaction, so an interrupted call is simply repeated. Throws {@link MigrationRefused} before
 * anything is run when an applied file was edited or is unknown.
 */
export async function migrate(
  ownerPool: pg.Pool,
  folders: readonly MigrationFolder[],
  appLogin?: string,
): Promise<string[]> {
  const migrations = await readMigrations(folders);
  await inTransaction(ownerPool, (client) => prepare(client, folders, appLogin));
  const ran: string[] = [];
  for (const migration of pending(migrations, await appliedMigrations(ownerPool))) {
    if (await run(ownerPool, migration)) ran.push(migration.name);
  }
  return ran;
}

/** All files of the folders, in the order they run. */
export async function readMigrations(folders: readonly MigrationFolder[]): Promise<Migration[]> {
  return (await Promise.all(folders.map(readFolder))).flat();
}

/** Migrates within a transaction that stands already, `only` those of the given names where they are given; returns what it ran. */
export async function migrateWithin(
  client: pg.PoolClient,
  folders: readonly MigrationFolder[],
  { appLogin, only }: { appLogin?: string | undefined; only?: ReadonlySet<string> } = {},
): Promise<string[]> {
  await prepare(client, folders, appLogin);
  const wanted = (await readMigrations(folders)).filter(({ name }) => !only || only.has(name));
  const ran: string[] = [];
  for (const migration of pending(wanted, await appliedMigrations(client)))
    if (await apply(client, migration)) ran.push(migration.name);
  return ran;
}

const startLock = 7_301_946;

/**
 * Runs what a start does to a database beside its migrations while no other process does the same. Others ask for their turn
 * again and again rather than wait in a statement: an index that is made concurrently would wait for that statement's end.
 */
export async function oneByOne(ownerPool: pg.Pool, work: () => Promise<void>): Promise<void> {
  const client = await ownerPool.connect();
  try {
    while (!(await isMyTurn(client))) await wait(100);
    await work();
  } finally {
    client.release(true); // its end gives the lock back, whatever happened
  }
}

async function isMyTurn(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [startLock]);
  return rows[0]?.mine === true;
}

/** The files and the database do not fit together; the message says what to do. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

async function readFolder({ schema, folder }: MigrationFolder): Promise<Migration[]> {
  if (!/^[a-z_]+$/.test(schema))
    throw new MigrationRefused(`"${schema}" is no name for a schema: use lower case letters and _.`);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
  const numbers = files.map((file) => /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]);
  for (const [index, file] of files.entries()) {
    if (!numbers[index]) throw new MigrationRefused(`${schema}/${file} is not named NNNN-name.sql: rename it.`);
    if (numbers.indexOf(numbers[index]) !== index)
      throw new MigrationRefused(`${schema}/${file} shares its number with another file: give it the next free one.`);
  }
  return await Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      return { name: `${schema}/${file}`, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function prepare(
  client: pg.PoolClient,
  folders: readonly MigrationFolder[],
  appLogin: string | undefined,
): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  await client.query(`set local client_min_messages = warning`);
  await ensureRoles(client, appLogin);
  for (const schema of ['core', ...folders.map((folder) => folder.schema)]) {
    await client.query(`create schema if not exists ${schema}`);
    await client.query(`grant usage on schema ${schema} to ${appGroup}`);
  }
  await client.query(`create table if not exists core.migration (
    name text primary key, sha256 text not null, applied_at timestamptz(3) not null default now())`);
  await client.query(`grant select on core.migration to ${appGroup}`);
}

async function ensureRoles(client: pg.PoolClient, appLogin: string | undefined): Promise<void> {
  const { rows } = await client.query<{ has_group: boolean; is_member: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as has_group,
            $2::text is null or $2 = current_user or exists (
              select
                from pg_auth_members m
                join pg_roles g on g.oid = m.roleid
                join pg_roles u on u.oid = m.member
               where g.rolname = $1 and u.rolname = $2) as is_member`,
    [appGroup, appLogin ?? null],
  );
  if (!rows[0]?.has_group) await client.query(`create role ${appGroup} nologin`);
  if (appLogin && !rows[0]?.is_member) await client.query(`grant ${appGroup} to ${client.escapeIdentifier(appLogin)}`);
}

async function appliedMigrations(pool: Queryable): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ name: string; sha256: string }>('select name, sha256 from core.migration');
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

function pending(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const edited = migrations.filter(({ name, sha256 }) => applied.has(name) && applied.get(name) !== sha256);
  if (edited.length > 0) {
    throw new MigrationRefused(
      `${edited.map(({ name }) => name).join(', ')} was edited after this database had run it: undo the edit and write a new migration instead.`,
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new MigrationRefused(
      `The database has run ${unknown.join(', ')}, which this program does not know: start the newer version that made it.`,
    );
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

const run = (pool: pg.Pool, migration: Migration): Promise<boolean> =>
  inTransaction(pool, (client) => apply(client, migration));

async function apply(client: pg.PoolClient, { name, sql, sha256 }: Migration): Promise<boolean> {
  await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  const { rowCount } = await client.query('select from core.migration where name = $1', [name]);
  if (rowCount) return false;
  await client.query(sql).catch((error: unknown) => {
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  await client.query('insert into core.migration (name, sha256) values ($1, $2)', [name, sha256]);
  return true;
}
