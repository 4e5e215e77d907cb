// What a local command says when it cannot do its work: one line for whoever typed it. Where things failed stands in a file beside.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { BackupRefused } from '../../core/database/backup/format.ts';
import { checkout, DatabaseUnavailable } from '../../core/database/embedded/index.ts';
import { MigrationRefused } from '../../core/database/migrate.ts';
import { KeptRefused } from '../../core/journal/kept.ts';
import { PooledConnection } from '../../core/database/pooled.ts';
import { KeyRefused } from '../../core/journal/format/checkpoint.ts';
import { KeysDiffer } from '../server/secrets.ts';

const refused = [
  DatabaseUnavailable,
  MigrationRefused,
  BackupRefused,
  KeyRefused,
  KeptRefused,
  KeysDiffer,
  PooledConnection,
];

/** One line for what a person can mend; undefined for a bug. */
export function explained(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  if (refused.some((kind) => error instanceof kind)) return oneLine(message);
  const code = codeOf(error);
  if (code.startsWith('ERR_PARSE_ARGS')) return oneLine(message);
  const words = byCode(error instanceof pg.DatabaseError ? 'database' : 'machine', code);
  return words && oneLine(`${words} (${causeOf(error)})`);
}

function byCode(where: 'database' | 'machine', code: string): string | undefined {
  const known = where === 'database' ? ofDatabase : ofMachine;
  return known.find(([codes]) => codes.test(code))?.[1];
}

const diskFull = 'There is no room left on the disk. Make some, and run the command again';

const ofMachine: readonly (readonly [RegExp, string])[] = [
  [/^(?:ENOSPC|EDQUOT)$/, diskFull],
  [/^EROFS$/, 'The disk is read-only. Name a folder that can be written'],
  [/^(?:EACCES|EPERM)$/, 'This account may not do that with the file or folder'],
  [/^(?:ENOENT|ENOTDIR)$/, 'There is no such file or folder'],
  [/^EISDIR$/, 'That is a folder, not a file'],
  [/^EEXIST$/, 'The file is there already: name another, or remove what an interrupted command left'],
  [/^(?:EMFILE|ENFILE|ENOMEM)$/, 'The machine has run out of files or memory for this account'],
  [/^EIO$/, 'The disk does not answer as it should'],
  [
    /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|UND_ERR_.*)$/,
    'What the command talks to does not answer. See that the database, or the server, runs and is named right',
  ],
  [/^ERR_INVALID_URL$/, 'That is no address'],
];

const ofDatabase: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, diskFull],
  [/^53300$/, 'The database takes no further connection. Wait, or let it take more'],
  [/^5[37]/, 'The database stopped the work. See its log, and run the command again'],
  [/^(?:28|3D000)/, 'The database does not let this role in. See DATABASE_URL and DATABASE_OWNER_URL'],
  [/^42501$/, "The database's role may not do that. Give DATABASE_OWNER_URL the role that owns the schema"],
  [/^(?:55P03|40)/, 'Something else was at work on the same. Run the command again'],
  [/^25006$/, 'The database is read-only'],
  [/^08/, 'The connection to the database broke. Run the command again'],
];

/** The innermost cause says it best: the outer ones of a failed fetch say only that it failed. */
function causeOf(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return causeOf(error.errors[0]);
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
}

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : '';
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').trim();

/** Says why a command failed, in one line, and keeps the stack in a file; the exit code. */
export function failed(command: string, error: unknown): number {
  const words = explained(error);
  const kept = keepStack(command, error);
  const where = kept ? ` Where it happened stands in ${kept}.` : '';
  const told = oneLine(error instanceof Error ? error.message : String(error));
  console.error(words ?? `servicewright ${command} failed: ${told || 'no reason was given'}.${where}`);
  return 2;
}

function keepStack(command: string, error: unknown): string | undefined {
  const file = join(process.env['SERVICEWRIGHT_DATA'] ?? join(checkout, 'data'), 'commands.log');
  const stack = error instanceof Error ? stackOf(error) : String(error);
  try {
    appendFileSync(file, `${new Date().toISOString()} servicewright ${command}\n${stack}\n`, { mode: 0o600 });
    return file;
  } catch {
    // A full or read-only disk is what was to be told in the first place.
    return undefined;
  }
}

const stackOf = (error: Error): string =>
  `${error.stack ?? error.message}${error.cause instanceof Error ? `\nbecause of ${stackOf(error.cause)}` : ''}`;
