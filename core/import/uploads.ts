// Uploaded files that wait for an import: in rows of at most a mebibyte, so that whichever process runs it finds them.
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../database/connect.ts';
import type { Received } from '../http/received.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Application } from '../record/define/work.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Source } from './bytes.ts';

export interface Upload {
  id: string;
  name: string;
  bytes: number;
  hash: string;
  uploadedAt: string;
}

const partLength = 1 << 20;

export interface NewUpload {
  providerId: string;
  name: string;
  by: string | null;
  now: string;
  received: Received;
}

export async function keepUpload(pool: pg.Pool, { providerId, name, by, now, received }: NewUpload): Promise<Upload> {
  const id = randomUUIDv7();
  const { size, sha256 } = received;
  await inTransaction(pool, async (client) => {
    await client.query(
      `insert into core.import_upload (provider_id, id, name, bytes, hash, uploaded_by, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [providerId, id, name, size, sha256, by, now],
    );
    for (let number = 0; number * partLength < size; number += 1)
      await client.query(
        `insert into core.import_part (provider_id, upload_id, number, bytes)
         values ($1, $2, $3, $4)`,
        [providerId, id, number, await received.read(number * partLength, partLength)],
      );
  });
  return { id, name, bytes: size, hash: sha256, uploadedAt: now };
}

export async function findUpload(client: Queryable, providerId: string, id: string): Promise<Upload | undefined> {
  const { rows } = await client.query(
    `select id, name, bytes, hash, uploaded_at as "uploadedAt"
     from core.import_upload
     where provider_id = $1 and id = $2`,
    [providerId, id],
  );
  return rows[0] as Upload | undefined; // the select list
}

export function uploadSource(client: Queryable, providerId: string, { id, name, bytes: size }: Upload): Source {
  return { name, size, open: () => partsOf(client, { providerId, id, size }) };
}

/** All of its bytes; refuses by `stop` where it was forgotten on the way: an end that comes too soon looks like the file's own. */
async function* partsOf(
  client: Queryable,
  { providerId, id, size }: { providerId: string; id: string; size: number },
): AsyncGenerator<Buffer> {
  let read = 0;
  for (let number = 0; read < size; number += 1) {
    const { rows } = await client.query(
      `select bytes
       from core.import_part
       where provider_id = $1 and upload_id = $2 and number = $3`,
      [providerId, id, number],
    );
    const part = rows[0] as { bytes: Buffer } | undefined; // the select list
    if (!part) stop(notWhole);
    read += part.bytes.length;
    yield part.bytes;
  }
}

const notWhole = refuse(
  'invalid',
  refusal('import.unreadable', 'The upload is no longer kept whole.', 'Upload the file again and start anew.'),
);

/** No import of the upload `u` is under way; one that was broken off holds it for a day more. */
const isIdle = `not exists (
         select
         from core.import_run r
         where r.provider_id = u.provider_id
           and r.upload_id = u.id
           and r.state in ('reading', 'writing')
           and r.started_at > $1::timestamptz - interval '1 day')`;

const hoursKept = 48;

/** Forgets uploads of two days ago, but for those that are being read. */
export async function forgetUploads({ pool, clock }: Application): Promise<void> {
  const before = new Date(clock() - hoursKept * 3_600_000).toISOString();
  await inTransaction(pool, async (client) => {
    await client.query(
      `delete from core.import_part p
       using core.import_upload u
       where u.provider_id = p.provider_id and u.id = p.upload_id and u.uploaded_at < $1 and ${isIdle}`,
      [before],
    );
    await client.query(`delete from core.import_upload u where u.uploaded_at < $1 and ${isIdle}`, [before]);
  });
}
