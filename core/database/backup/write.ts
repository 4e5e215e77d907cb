import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { migrationsOf, monthsOf, sequencesOf, tablesOf } from './own-tables.ts';
import { endOfTable, fingerprintOf, sealOf } from './format.ts';
import type { BackupHeader, BackupKey, Table } from './format.ts';

export interface BackupOptions {
  schemas: readonly string[];
  /** A file that is not there yet. */
  file: string;
  /** Signs the file. */
  key: BackupKey;
  checkpointKeys: Record<string, string>;
  takenAt: string;
}

/**
 * Writes all data of one snapshot to a file, which bears its name once it is whole. Rows pass through; memory stays small.
 * The caller takes a checkpoint first.
 */
export async function backup(
  client: pg.PoolClient,
  { schemas, file, key, checkpointKeys, takenAt }: BackupOptions,
): Promise<{ tables: number; fingerprint: string }> {
  const part = `${file}.part`;
  await client.query('begin isolation level repeatable read read only');
  try {
    const tables = await tablesOf(client, schemas);
    const header: BackupHeader = {
      format: 2,
      takenAt,
      migrations: await migrationsOf(client),
      tables,
      sequences: (await sequencesOf(client, schemas)).flatMap(({ name, value }) => (value ? [{ name, value }] : [])),
      months: await monthsOf(client),
      checkpointKeys,
    };
    const sha256 = createHash('sha256');
    const out = await opened(client, file, part);
    await pipeline(
      Readable.from(contents(client, header)),
      createGzip(),
      async function* hashed(packed: AsyncIterable<Buffer>) {
        for await (const chunk of packed) {
          sha256.update(chunk);
          yield chunk;
        }
        yield sealOf(key, sha256.digest('hex'));
      },
      out.createWriteStream(),
    );
    await synced(part);
    await rename(part, file);
    return { tables: tables.length, fingerprint: fingerprintOf(key.publicKey) };
  } catch (error) {
    // Another backup is at work on it, or was done first.
    if (!isTaken(error)) await rm(part, { force: true });
    throw error;
  } finally {
    await client.query('rollback');
  }
}

/**
 * Opened before any row is asked for: rows that nobody reads would keep its connection for good. A part that a
 * broken-off backup left is taken away; who writes one holds its name in the database meanwhile.
 */
async function opened(client: pg.PoolClient, file: string, part: string): Promise<FileHandle> {
  const { rows } = await client.query<{ mine: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('backup ' || $1, 0)) as mine",
    [resolve(part)],
  );
  if (!rows[0]?.mine) throw taken(`${file} is being written by another backup. Name a new file.`);
  // Asked while the name is held: another backup may have come to its end since the caller looked.
  if (existsSync(file)) throw taken(`${file} exists already. Name a new file: a backup never overwrites another.`);
  await rm(part, { force: true });
  return open(part, 'wx', 0o600);
}

const taken = (message: string) => Object.assign(new Error(message), { code: 'EEXIST' });

/** Whether a backup ended because its file is there already, or is being written. */
export const isTaken = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

async function synced(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

async function* contents(client: pg.PoolClient, header: BackupHeader): AsyncGenerator<Buffer> {
  yield line(header);
  const rows: number[] = [];
  for (const table of header.tables) {
    yield line({ table: table.name });
    let count = 0;
    for await (const chunk of copied(client, table)) {
      count += linesIn(chunk);
      yield chunk;
    }
    rows.push(count);
    yield Buffer.from(`${endOfTable}\n`);
  }
  yield line({ rows });
}

const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);

const copied = (client: pg.PoolClient, { name, columns }: Table) =>
  client.query(copyTo(`copy (select ${columns.join(', ')} from ${name}) to stdout`)) as AsyncIterable<Buffer>;

/** A line feed inside a value is spelled otherwise by COPY. */
function linesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}
