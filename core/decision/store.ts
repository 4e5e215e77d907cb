import { canonical, sha256 } from '../journal/format/hash.ts';
import type { Json } from '../journal/format/hash.ts';
import type { Queryable } from '../database/queryable.ts';

/** A decision as it is hashed: all that the decider saw and said. Its hash stands in the subject's journal entry. */
export interface DecisionBody {
  id: string;
  gate: string;
  subjectId: string;
  subjectType: string;
  subjectVersion: number;
  subjectHash: string;
  evidence: { type: string; id: string; ref: string | null; hash: string }[];
  evidenceHash: string;
  policies: Record<string, Json>[];
  side: 'B' | 'P';
  outcome: string;
  variant: string | null;
  decidedBy: string;
  role: string;
  onBehalfOf: string | null;
  delegationId: string | null;
  customer: string | null;
  separation: string[];
  selfChecked: boolean;
  /** Made in the name of a customer whose claim nobody had confirmed. */
  selfDeclared: boolean;
  findings: Record<string, Json>[];
  reasonCode: string | null;
  reason: string;
  openedAt: string;
  occurredAt: string;
  conditions: { id: string; text: string; owner: string | null; dueAt: string | null; blocks: string | null }[];
}

/** The hash over every word of a decision, format 1. */
export function decisionHash(body: DecisionBody): string {
  return sha256(
    canonical({ format: 1, ...body, conditions: body.conditions.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }),
  );
}

export async function storeDecision(client: Queryable, providerId: string, body: DecisionBody): Promise<void> {
  await client.query({
    text: `insert into core.decision (
        provider_id, id, gate, subject_id, subject_type, subject_version, subject_hash, evidence,
        evidence_hash, policies, side, outcome, variant, decided_by, role, on_behalf_of, delegation_id,
        customer_id, separation, self_checked, self_declared, findings, reason_code, reason, opened_at, occurred_at,
        recorded_at)
      values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$26)`,
    values: [
      providerId,
      body.id,
      body.gate,
      body.subjectId,
      body.subjectType,
      body.subjectVersion,
      body.subjectHash,
      JSON.stringify(body.evidence),
      body.evidenceHash,
      JSON.stringify(body.policies),
      body.side,
      body.outcome,
      body.variant,
      body.decidedBy,
      body.role,
      body.onBehalfOf,
      body.delegationId,
      body.customer,
      JSON.stringify(body.separation),
      body.selfChecked,
      body.selfDeclared,
      JSON.stringify(body.findings),
      body.reasonCode,
      body.reason,
      body.openedAt,
      body.occurredAt,
    ],
  });
  for (const condition of body.conditions) {
    await client.query({
      text: `insert into core.condition (provider_id, id, decision_id, subject_id, text, owner_id, due_at, blocks)
        values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        providerId,
        condition.id,
        body.id,
        body.subjectId,
        condition.text,
        condition.owner,
        condition.dueAt,
        condition.blocks,
      ],
    });
  }
}

/** The decisions on some records, as they were hashed; for verification. */
export async function decisionBodies(
  client: Queryable,
  providerId: string,
  subjects: readonly string[],
): Promise<DecisionBody[]> {
  const { rows } = await client.query({
    text: `select d.id,
        d.gate,
        d.subject_id as "subjectId",
        d.subject_type as "subjectType",
        d.subject_version as "subjectVersion",
        d.subject_hash as "subjectHash",
        d.evidence,
        d.evidence_hash as "evidenceHash",
        d.policies,
        d.side,
        d.outcome,
        d.variant,
        d.decided_by as "decidedBy",
        d.role,
        d.on_behalf_of as "onBehalfOf",
        d.delegation_id as "delegationId",
        d.customer_id as customer,
        d.separation,
        d.self_checked as "selfChecked",
        d.self_declared as "selfDeclared",
        d.findings,
        d.reason_code as "reasonCode",
        d.reason,
        d.opened_at as "openedAt",
        d.occurred_at as "occurredAt"
      from core.decision d
      where d.provider_id = $1 and d.subject_id = any($2::uuid[])`,
    values: [providerId, subjects],
  });
  const { rows: conditions } = await client.query({
    text: `select c.id, c.decision_id as decision, c.text, c.owner_id as owner, c.due_at as "dueAt", c.blocks
      from core.condition c
      where c.provider_id = $1 and c.subject_id = any($2::uuid[])
      order by c.id`,
    values: [providerId, subjects],
  });
  const ofDecision = conditions as (DecisionBody['conditions'][number] & { decision: string })[];
  return (rows as DecisionBody[]).map((row) => ({
    ...row,
    conditions: ofDecision
      .filter((each) => each.decision === row.id)
      .map(({ decision: _of, ...condition }) => condition),
  }));
}

/** An attestation as it is hashed. */
export interface AttestationBody {
  id: string;
  subject: string;
  gate: string | null;
  title: string;
  statement: string;
  failed: boolean;
  fileName: string | null;
  fileHash: string | null;
  role: string;
  /** Whose facet of the subject it belongs to; null: the provider's. */
  customer: string | null;
  by: string;
  at: string;
  expiresAt: string | null;
  /** The earlier statement that it takes back. */
  withdraws: string | null;
  /** What the subject held when it was stated. */
  subjectHash: string | null;
}

export function attestationHash({
  id,
  subject,
  gate,
  title,
  statement,
  failed,
  fileName,
  fileHash,
  role,
  customer,
  by,
  at,
  expiresAt,
  withdraws,
  subjectHash,
}: AttestationBody): string {
  return sha256(
    canonical({
      format: 1,
      id,
      subject,
      gate,
      title,
      statement,
      failed,
      fileName,
      fileHash,
      role,
      customer,
      by,
      at,
      expiresAt,
      ...(withdraws === null ? {} : { withdraws }),
      ...(subjectHash === null ? {} : { subjectHash }),
    }),
  );
}

/** The attestations on some records, as they were hashed and with the hash that stands beside them; for verification. */
export async function attestationBodies(
  client: Queryable,
  providerId: string,
  subjects: readonly string[],
): Promise<(AttestationBody & { hash: string })[]> {
  const { rows } = await client.query({
    text: `select id,
        subject_id as subject,
        gate,
        title,
        statement,
        failed,
        file_name as "fileName",
        file_hash as "fileHash",
        role,
        customer_id as customer,
        attested_by as by,
        attested_at as at,
        expires_at as "expiresAt",
        withdraws,
        subject_hash as "subjectHash",
        hash
      from core.evidence
      where provider_id = $1 and subject_id = any($2::uuid[])`,
    values: [providerId, subjects],
  });
  return rows as (AttestationBody & { hash: string })[]; // the select list is the body and its hash
}
