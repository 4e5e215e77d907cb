// Imports as they stand in the database: one row a run, moved on by each of its batches in the batch's own transaction.
import type pg from 'pg';
import type { RecordDefinition } from '../record/define.ts';
import { numberSequence } from '../record/number.ts';
import type { Queryable } from '../record/queryable.ts';
import type { FieldValues } from '../record/row.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Mapping } from './mapping.ts';

export type RunState = 'reading' | 'writing' | 'ended' | 'cancelled' | 'refused' | 'failed' | 'taken_back';

export interface Counts {
  rows: number;
  records: number;
  made: number;
  updated: number;
  unchanged: number;
  leftOut: number;
  parties: number;
  deviations: Record<string, number>;
  firstAt: string | null;
  lastAt: string | null;
}

export interface Run extends Counts {
  id: string;
  type: string;
  system: string;
  mapping: Mapping;
  fileName: string;
  fileHash: string;
  fileBytes: number;
  upload: string | null;
  given: FieldValues;
  customer: string | null;
  state: RunState;
  startedBy: string | null;
  startedAt: string;
  endedAt: string | null;
  fault: Refusal[] | null;
  cancelAsked: boolean;
  bytesRead: number;
  rowsRead: number;
  unreadable: number;
  doneKey: string | null;
  /** For how long it has been writing, up to now. */
  writingSeconds: number | null;
  writingFrom: number | null;
  takenBackAt: string | null;
  takenBackBy: string | null;
  takenBackReason: string | null;
  /** A process works on it: the lock of its source is held. */
  isHeld: boolean;
}

const runColumns = `r.id, r.record_type as type, r.system, r.mapping, r.file_name as "fileName", r.file_hash as "fileHash", r.file_bytes as "fileBytes",
  r.upload_id as upload, r.given, r.customer_id as customer, r.state, r.started_by as "startedBy", r.started_at as "startedAt", r.ended_at as "endedAt",
  r.fault, r.cancel_asked as "cancelAsked", r.bytes_read as "bytesRead", r.rows_read as "rowsRead", r.rows_unreadable as unreadable, r.done_key as "doneKey",
  r.rows_done as rows, r.records, r.made, r.updated, r.unchanged, r.rows_left_out as "leftOut", r.parties, r.deviations, extract(epoch from clock_timestamp() - r.writing_since)::float8 as "writingSeconds",
  r.writing_from as "writingFrom", r.first_at as "firstAt", r.last_at as "lastAt", r.taken_back_at as "takenBackAt", r.taken_back_by as "takenBackBy",
  r.taken_back_reason as "takenBackReason",
  exists (
    select from pg_locks l
    where l.locktype = 'advisory'
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid::bigint = hashtext(r.provider_id::text)::bigint & 4294967295
      and l.objid::bigint = hashtext('import ' || r.system)::bigint & 4294967295) as "isHeld"`;

/** What makes two imports the same one. */
export interface Same {
  providerId: string;
  type: string;
  mapping: Mapping;
  fileHash: string;
  given: FieldValues;
  customer: string | null;
}

/** The run of the same file by the same mapping that was broken off. */
export async function brokenOff(
  client: Queryable,
  { providerId, type, mapping, fileHash, given, customer }: Same,
): Promise<Run | undefined> {
  const { rows } = await client.query(
    `select ${runColumns}
     from core.import_run r
     where r.provider_id = $1
       and r.record_type = $2
       and r.mapping = $3
       and r.file_hash = $4
       and r.given = $5
       and r.customer_id is not distinct from $6
       and r.state in ('reading', 'writing', 'failed')
     order by r.started_at desc
     limit 1`,
    [providerId, type, JSON.stringify(mapping), fileHash, JSON.stringify(given), customer],
  );
  return rows[0] as Run | undefined; // the select list
}

export interface NewRun extends Same {
  id: string;
  fileName: string;
  fileBytes: number;
  upload: string | null;
  startedBy: string | null;
  now: string;
}

export async function insertRun(client: Queryable, run: NewRun): Promise<void> {
  await client.query(
    `insert into core.import_run (provider_id, id, record_type, system, mapping, file_name, file_hash, file_bytes, upload_id, given, customer_id, state, started_by, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'reading', $12, $13)`,
    [
      run.providerId,
      run.id,
      run.type,
      run.mapping.source,
      JSON.stringify(run.mapping),
      run.fileName,
      run.fileHash,
      run.fileBytes,
      run.upload,
      JSON.stringify(run.given),
      run.customer,
      run.startedBy,
      run.now,
    ],
  );
}

export async function findRun(client: Queryable, providerId: string, id: string): Promise<Run | undefined> {
  const { rows } = await client.query(
    `select ${runColumns} from core.import_run r where r.provider_id = $1 and r.id = $2`,
    [providerId, id],
  );
  return rows[0] as Run | undefined; // the select list
}

/** The latest first; before one that was started at an instant. */
export async function runsBefore(
  client: Queryable,
  providerId: string,
  { before, limit }: { before: string; limit: number },
): Promise<Run[]> {
  const { rows } = await client.query(
    `select ${runColumns}
     from core.import_run r
     where r.provider_id = $1
       and r.started_at < $2
     order by r.started_at desc, r.id
     limit $3`,
    [providerId, before, limit],
  );
  return rows as Run[]; // the select list
}

export interface RunOf {
  providerId: string;
  run: string;
}

/** How far the reading is; says whether somebody asked to stop. */
export async function noteReading(
  client: Queryable,
  { providerId, run }: RunOf,
  read: { bytes: number; rows: number },
): Promise<boolean> {
  const { rows } = await client.query(
    `update core.import_run
     set state = 'reading', bytes_read = $3, rows_read = $4
     where provider_id = $1 and id = $2
     returning cancel_asked as asked`,
    [providerId, run, read.bytes, read.rows],
  );
  return (rows[0] as { asked: boolean } | undefined)?.asked === true; // the returning list
}

/** The whole file was read: what it holds, and what of it could not be. */
export async function beginWriting(
  client: pg.ClientBase,
  { providerId, run }: RunOf,
  read: { bytes: number; rows: number; unreadable: number },
): Promise<void> {
  await client.query(
    `update core.import_run
     set state = 'writing', fault = null, ended_at = null, bytes_read = $3, rows_read = $4, rows_unreadable = $5, writing_since = clock_timestamp(), writing_from = rows_done
     where provider_id = $1 and id = $2`,
    [providerId, run, read.bytes, read.rows, read.unreadable],
  );
}

/** Moves a run on by a batch, in the batch's transaction; says whether somebody asked to stop. */
export async function moveOn(
  client: pg.ClientBase,
  { providerId, run }: RunOf,
  doneKey: string,
  batch: Counts,
): Promise<boolean> {
  const { rows } = await client.query<{ asked: boolean }>(
    `update core.import_run
     set done_key = $3, rows_done = rows_done + $4, records = records + $5, made = made + $6, updated = updated + $7, unchanged = unchanged + $8,
       rows_left_out = rows_left_out + $9, parties = parties + $10, deviations = $11, first_at = least(first_at, $12), last_at = greatest(last_at, $13)
     where provider_id = $1 and id = $2
     returning cancel_asked as asked`,
    [
      providerId,
      run,
      doneKey,
      batch.rows,
      batch.records,
      batch.made,
      batch.updated,
      batch.unchanged,
      batch.leftOut,
      batch.parties,
      JSON.stringify(batch.deviations),
      batch.firstAt,
      batch.lastAt,
    ],
  );
  return rows[0]?.asked === true;
}

export async function endRun(
  client: Queryable,
  { providerId, run }: RunOf,
  end: { state: RunState; now: string; fault?: readonly Refusal[] },
): Promise<void> {
  await client.query(
    `update core.import_run
     set state = $3, ended_at = $4, fault = $5
     where provider_id = $1 and id = $2`,
    [providerId, run, end.state, end.now, end.fault ? JSON.stringify(end.fault) : null],
  );
}

/** All that the run made went. */
export async function noteTakenBack(
  client: pg.ClientBase,
  { providerId, run }: RunOf,
  of: { by: string | null; now: string; reason: string },
): Promise<void> {
  await client.query(
    `update core.import_run
     set state = 'taken_back', taken_back_at = $3, taken_back_by = $4, taken_back_reason = $5
     where provider_id = $1 and id = $2`,
    [providerId, run, of.now, of.by, of.reason],
  );
}

/** Asks a run to stop after the batch at hand. */
export async function askToStop(client: Queryable, { providerId, run }: RunOf): Promise<void> {
  await client.query('update core.import_run set cancel_asked = true where provider_id = $1 and id = $2', [
    providerId,
    run,
  ]);
}

/** A run that was broken off goes on: with the file where it is now, and whoever asked it to stop is answered. */
export async function goOn(client: Queryable, { providerId, run }: RunOf, upload: string | null): Promise<void> {
  await client.query(
    `update core.import_run
     set cancel_asked = false, upload_id = $3
     where provider_id = $1 and id = $2`,
    [providerId, run, upload],
  );
}

/** Numbers for new records of a type. */
export async function takeNumbers(
  client: pg.ClientBase,
  definition: RecordDefinition,
  count: number,
): Promise<number[]> {
  if (!count) return [];
  const { rows } = await client.query<{ number: number }>(
    `select nextval('${numberSequence(definition)}')::int as number from generate_series(1, $1)`,
    [count],
  );
  return rows.map((row) => row.number);
}
