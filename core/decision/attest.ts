import { randomUUIDv7 } from 'node:crypto';
import { attestationHash } from './store.ts';
import type { Caller } from '../permission/principal.ts';
import { rememberSide } from '../record/edit/lineage.ts';
import { loadHeader, lock, missing } from '../record/read/load.ts';
import { save } from '../record/edit/save.ts';
import { statedFile } from '../record/edit/stated-file.ts';
import { act } from '../record/act/act.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Application, Work } from '../record/define/work.ts';
import { done, refusal, refuse, stop } from '../refusal/refusal.ts';

export interface AttestationInput {
  /** In which of one's roles; by default the first that counts here. */
  role?: string | undefined;
  gate?: string | null | undefined;
  title: string;
  statement: string;
  failed?: boolean | undefined;
  fileName?: string | undefined;
  fileHash?: string | undefined;
  /** A file of the record, instead of name and hash of one that lies elsewhere. */
  file?: string | undefined;
  expiresAt?: string | undefined;
}

/** Keeps a statement (or a file's hash) as evidence, by a named person in a named role; shown as attested, never as measured. */
export async function attest(application: Application, caller: Caller, name: string, input: AttestationInput) {
  const outcome = await act(
    application,
    caller,
    { command: 'attest', ...(name.length === 36 ? { id: name } : {}) },
    async (work) => ({ id: await insert(work, name, input) }),
  );
  if (!outcome.ok) return outcome;
  const { rows } = await application.pool.query(
    `select id,
       gate,
       title,
       statement,
       kind,
       failed,
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
    [caller.principal.providerId, outcome.value.id],
  );
  return done(rows[0]);
}

async function insert(work: Work, name: string, input: AttestationInput): Promise<string> {
  const { principal } = work.caller;
  const header = await loadHeader(work.client, principal, name);
  if (!header) stop(missing('record', name));
  const record = serverRecord(work.application.registry, header.type);
  const subject = await lock(work, record, header.id);
  const grant = principal.grants.find(
    (each) =>
      (each.side === 'P' || each.side === 'B') &&
      (each.customer === null || subject.customers.includes(each.customer)) &&
      (input.role === undefined || each.role === input.role),
  );
  if (principal.kind !== 'person' || !grant)
    stop(
      refuse(
        'forbidden',
        refusal(
          'permission.role',
          input.role === undefined
            ? 'Evidence is attested by a person with a role on either side.'
            : `You do not hold the role ${input.role} here.`,
          'Ask someone who holds one.',
        ),
      ),
    );
  const sided = await rememberSide(work, subject, [grant.role]);
  const id = randomUUIDv7();
  const { gate = null, title, statement, failed = false, fileName = null } = input;
  if (gate !== null && !work.application.registry.gates.has(gate)) stop(refuse('invalid', noGate(gate)));
  if (input.file && (input.fileHash ?? input.fileName)) stop(refuse('invalid', eitherFile));
  const fileHash = input.file ? await statedFile(work, subject, input.file) : (input.fileHash ?? null);
  const expiresAt = input.expiresAt ? new Date(input.expiresAt).toISOString() : null;
  const body = {
    id,
    subject: subject.id,
    gate,
    title,
    statement,
    failed,
    fileName,
    fileHash,
    role: grant.role,
    customer: grant.side === 'B' ? grant.customer : null,
    by: principal.id,
    at: work.now,
    expiresAt,
  };
  const hash = attestationHash(body);
  await work.client.query(
    `insert into core.evidence (
       provider_id, id, subject_id, gate, title, statement, kind, failed, file_name, file_hash, role,
       customer_id, attested_by, attested_at, expires_at, hash)
     values ($1, $2, $3, $4, $5, $6, 'attested', $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      principal.providerId,
      id,
      subject.id,
      gate,
      title,
      statement,
      failed,
      fileName,
      fileHash,
      body.role,
      body.customer,
      principal.id,
      work.now,
      expiresAt,
      hash,
    ],
  );
  await save(work, record, subject, {
    extra: { _evidence: { id, gate, title, failed, hash }, ...sided },
    entry: { kind: 'attested' },
  });
  return id;
}

const noGate = (gate: string) =>
  refusal('attest.gate', `There is no gate ${gate}.`, 'Name the gate that it is evidence for, or none.', 'gate');

const eitherFile = refusal(
  'attest.file',
  'A file of the record has its name and hash already.',
  'Give the file, or the name and hash of one that lies elsewhere.',
  'file',
);
