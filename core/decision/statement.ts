// Statements of people as they are kept: append-only, each with a hash over all it says.
import { randomUUIDv7 } from 'node:crypto';
import { attestationHash } from './store.ts';
import type { AttestationBody } from './store.ts';
import type { Queryable } from '../database/queryable.ts';
import { rememberSide } from '../record/edit/lineage.ts';
import { save } from '../record/edit/save.ts';
import type { RecordData } from '../record/define/data.ts';
import type { ServerRecord, Work } from '../record/define/work.ts';
import type { Role } from '../permission/role.ts';

export type Said = Pick<
  AttestationBody,
  'gate' | 'title' | 'statement' | 'failed' | 'fileName' | 'fileHash' | 'customer' | 'expiresAt' | 'withdraws'
> & { role: Role };

/** Keeps what the caller states of a locked record in one of their roles, and tells it in the record's journal. */
export async function keepStatement(
  work: Work,
  record: ServerRecord,
  subject: RecordData,
  { said, reason }: { said: Said; reason?: string },
): Promise<string> {
  const { principal } = work.caller;
  const sided = await rememberSide(work, subject, [said.role]);
  const body: AttestationBody = {
    ...said,
    id: randomUUIDv7(),
    subject: subject.id,
    subjectHash: subject.contentHash,
    by: principal.id,
    at: work.now,
  };
  const hash = attestationHash(body);
  await work.client.query(
    `insert into core.evidence (
       provider_id, id, subject_id, gate, title, statement, failed, file_name, file_hash, role, customer_id,
       attested_by, attested_at, expires_at, withdraws, subject_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      principal.providerId,
      body.id,
      body.subject,
      body.gate,
      body.title,
      body.statement,
      body.failed,
      body.fileName,
      body.fileHash,
      body.role,
      body.customer,
      body.by,
      body.at,
      body.expiresAt,
      body.withdraws,
      body.subjectHash,
      hash,
    ],
  );
  const { id, gate, title, failed, withdraws } = body;
  await save(work, record, subject, {
    extra: { _evidence: { id, gate, title, failed, hash, ...(withdraws ? { withdraws } : {}) }, ...sided },
    entry: reason === undefined ? { kind: 'attested' } : { kind: 'attested', reason },
  });
  return body.id;
}

/** A statement as the API tells it. */
export interface Statement extends Said {
  id: string;
  hash: string;
  attestedBy: string;
  at: string;
}

export async function statementOf(client: Queryable, providerId: string, id: string): Promise<Statement> {
  const { rows } = await client.query<Statement>(
    `select id,
       gate,
       title,
       statement,
       failed,
       withdraws,
       file_name as "fileName",
       file_hash as "fileHash",
       hash,
       role,
       customer_id as customer,
       attested_by as "attestedBy",
       attested_at as at,
       expires_at as "expiresAt"
     from core.evidence
     where provider_id = $1 and id = $2`,
    [providerId, id],
  );
  const [found] = rows;
  if (!found) throw new Error('a statement stood a moment ago');
  return found;
}
