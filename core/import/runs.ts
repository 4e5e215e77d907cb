// Imports as they are read: one row a run.
import type { Queryable } from '../database/queryable.ts';
import type { FieldValues } from '../record/define/row.ts';
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
