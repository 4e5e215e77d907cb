import type { Json } from '../../journal/format/hash.ts';
import type { Queryable } from '../../database/queryable.ts';
import { facetsOf, saidInFacets } from '../../permission/facet.ts';
import type { Principal } from '../../permission/principal.ts';
import { isAfter, seenSince } from '../../record/read/since.ts';
import type { PersonalKept, Work } from '../../record/define/work.ts';

export interface StoredFile {
  id: string;
  audience: 'public' | 'internal';
  commitment: string;
  /** Null once erased. */
  name: string | null;
  size: number;
  sha256: string;
  /** What its bytes say that it is; null where they say nothing known. */
  kind: string | null;
  /** What its giver said that it is. */
  declared: string | null;
  by: string;
  at: string;
  /** Why its bytes are not there any more. */
  gone: { how: 'removed' | 'erased'; by: string; at: string } | null;
  /** An attestation or a checklist item rests on it. */
  isEvidence: boolean;
}

interface Kept {
  providerId: string;
  id: string;
}

const goneColumn = `case when f.gone is not null then jsonb_build_object('how', f.gone, 'by', f.gone_by,
    'at', to_char(f.gone_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as gone`;

const fileColumns = `f.id, f.audience, f.commitment, f.size, f.sha256, f.kind, f.declared, f.given_by as by, f.at, ${goneColumn}`;

/**
 * Something that people stated rests on the file, or once did: what was decided on then is to be read for good. What a customer
 * attested rests on no file of another customer, though both gave the same bytes.
 */
const isEvidence = `(exists (
      select from core.evidence e
      where e.provider_id = f.provider_id
        and e.subject_id = f.record_id
        and e.file_hash = f.sha256
        and not exists (
          select from core.person g
          where g.provider_id = f.provider_id and g.id = f.given_by and g.customer <> e.customer_id))
    or exists (
      select from core.item i
      where i.provider_id = f.provider_id and i.record_id = f.record_id and i.file_hash = f.sha256)
    or exists (
      select from core.journal j
      where j.provider_id = f.provider_id and j.record_id = f.record_id and j.edits -> '_item' ->> 'fileHash' = f.sha256))`;

/** The files of a record that somebody may see, oldest first; all of them where no reader is named. */
export async function filesOf(client: Queryable, record: Kept, reader: Principal | null): Promise<StoredFile[]> {
  const { rows } = await client.query(
    `select ${fileColumns}, v.value #>> '{}' as name, ${isEvidence} as "isEvidence"
     from core.file f
     join core.personal_value v on v.provider_id = f.provider_id
       and v.record_id = f.record_id
       and v.commitment = f.commitment
     where f.provider_id = $1
       and f.record_id = $2
       and (f.audience = 'public' or $3::uuid[] is null)
       and ${saidInFacets({ provider: 'f.provider_id', person: 'f.given_by' }, '$3')}
       and ${isAfter('f.at', '$4')}
     order by f.at, f.id`,
    [record.providerId, record.id, reader && facetsOf(reader), reader && (await seenSince(client, reader, record))],
  );
  return rows as StoredFile[]; // the select list is StoredFile
}

export async function insertFile(
  work: Work,
  record: string,
  file: Omit<StoredFile, 'name' | 'isEvidence'>,
): Promise<void> {
  const { id, audience, commitment, size, sha256, kind, declared, by, at } = file;
  await work.client.query(
    `insert into core.file (
       provider_id, id, record_id, audience, commitment, size, sha256, kind, declared, given_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [work.caller.principal.providerId, id, record, audience, commitment, size, sha256, kind, declared, by, at],
  );
}

export async function insertChunk(
  work: Work,
  file: string,
  { number, bytes }: { number: number; bytes: Buffer },
): Promise<void> {
  await work.client.query({
    name: 'insert file chunk',
    text: `insert into core.file_chunk (provider_id, file_id, number, bytes)
      values ($1, $2, $3, $4)`,
    values: [work.caller.principal.providerId, file, number, bytes],
  });
}

/** One row of a file's bytes; undefined beyond the last, and where they are gone. */
export async function chunkOf(
  client: Queryable,
  { providerId, id }: Kept,
  number: number,
): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ bytes: Buffer }>(
    `select bytes
     from core.file_chunk
     where provider_id = $1
       and file_id = $2
       and number = $3`,
    [providerId, id, number],
  );
  return rows[0]?.bytes;
}

/** Takes the bytes away and keeps how that came. */
export async function letGo(work: Work, file: string, how: 'removed' | 'erased'): Promise<void> {
  const { providerId, id } = work.caller.principal;
  await work.client.query('delete from core.file_chunk where provider_id = $1 and file_id = $2', [providerId, file]);
  await work.client.query(
    `update core.file
     set gone = $3, gone_by = $4, gone_at = $5
     where provider_id = $1
       and id = $2`,
    [providerId, file, how, id, work.now],
  );
}

/** The files that a person gave to records of a type. */
export async function filesBy(
  client: Queryable,
  { providerId, person, type }: { providerId: string; person: string; type: string },
): Promise<PersonalKept[]> {
  const { rows } = await client.query(
    `select f.record_id as id, array_agg(f.commitment) as commitments
     from core.file f
     join core.record r on r.provider_id = f.provider_id and r.id = f.record_id
     where f.provider_id = $1
       and f.given_by = $2
       and r.type = $3
     group by f.record_id
     order by f.record_id`,
    [providerId, person, type],
  );
  return rows as PersonalKept[]; // the select list
}

/** A file as entries tell it: its name by the commitment to it. */
export function toldFile({
  id,
  audience,
  commitment,
  size,
  sha256,
  kind,
  declared,
  by,
  at,
  gone,
}: Omit<StoredFile, 'name' | 'isEvidence'>) {
  return {
    id,
    audience,
    name: { commitment },
    size,
    sha256,
    kind,
    declared,
    by,
    at,
    gone: gone && { ...gone },
  } satisfies Json;
}

interface StandingFile extends Omit<StoredFile, 'name' | 'isEvidence'> {
  of: string;
}

/** The files of some records as they stand. */
export async function standingFiles(
  client: Queryable,
  providerId: string,
  records: readonly string[],
): Promise<StandingFile[]> {
  const { rows } = await client.query(
    `select f.record_id as of, ${fileColumns}
     from core.file f
     where f.provider_id = $1
       and f.record_id = any($2::uuid[])
     order by f.id`,
    [providerId, records],
  );
  return rows as StandingFile[]; // the select list
}

/** The hash of the bytes that lie there now, computed where they lie; null where there are none. */
export async function hashOfBytes(client: Queryable, { providerId, id }: Kept): Promise<string | null> {
  const { rows } = await client.query<{ hash: string | null }>(
    `select encode(sha256(string_agg(bytes, ''::bytea order by number)), 'hex') as hash
     from core.file_chunk
     where provider_id = $1
       and file_id = $2`,
    [providerId, id],
  );
  return rows[0]?.hash ?? null;
}
