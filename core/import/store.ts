// Imports as they stand in the database: one row a run, moved on by each of its batches in the batch's own transaction.
import type pg from 'pg';
import type { RecordDefinition } from '../record/define/define.ts';
import { numberSequence } from '../record/define/number.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Counts, RunState, Same } from './runs.ts';

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
    `insert into core.import_run (
       provider_id, id, record_type, system, mapping, file_name, file_hash, file_bytes, upload_id, given, customer_id, state,
       started_by, started_at)
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
     set state = 'writing',
       fault = null,
       ended_at = null,
       bytes_read = $3,
       rows_read = $4,
       rows_unreadable = $5,
       writing_since = clock_timestamp(),
       writing_from = rows_done
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
     set done_key = $3,
       rows_done = rows_done + $4,
       records = records + $5,
       made = made + $6,
       updated = updated + $7,
       unchanged = unchanged + $8,
       rows_left_out = rows_left_out + $9,
       parties = parties + $10,
       deviations = (
         select coalesce(jsonb_object_agg(summed.what, summed.times), '{}')
         from (
           select each.key as what, sum(each.value::bigint) as times
           from (
             select * from jsonb_each_text(deviations)
             union all
             select * from jsonb_each_text($11::jsonb)) each
           group by each.key) summed),
       first_at = least(first_at, $12),
       last_at = greatest(last_at, $13)
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
