// The shapes that leave: schemas of the views that records share.
import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { anyId } from './example.ts';

export const recordParams = z.object({
  id: z
    .string()
    .min(1)
    .max(60)
    .describe('Id or reference (BR-12)')
    .meta({ examples: [anyId] }),
});
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export const names = z
  .record(z.string(), z.string())
  .describe('Titles of the records that ids in this answer point at');

export const headerShape = {
  id: idText,
  type: z.string(),
  ref: z.string(),
  number: z.int(),
  title: z.string(),
  state: z.string(),
  stage: z.enum(['strategy', 'design', 'transition', 'operation', 'improvement', 'party']),
  version: z.int32(),
  customers: z.array(idText),
  owner: idText.nullable(),
  createdAt: instantText,
  updatedAt: instantText,
};
export const headerSchema = z.object(headerShape).meta({ id: 'Header' });
export const refusalSchema = z
  .object({
    code: z.string(),
    sentence: z.string(),
    hint: z.string(),
    field: z.string().optional(),
    times: z.array(z.string()).readonly().optional().describe('Instants and days in the words, as they stand there'),
  })
  .meta({ id: 'Refusal' });

const moveView = z
  .object({
    name: z.string(),
    label: z.string(),
    to: z.string(),
    allowed: z.boolean(),
    refusals: z.array(refusalSchema),
    asks: z.array(z.object({ field: z.string(), required: z.boolean() })),
    gate: z.string().nullable(),
    on: z.string().nullable(),
    needsReason: z.boolean(),
    reasonCodes: z.record(z.string(), z.string()),
    primary: z.boolean(),
  })
  .meta({ id: 'Move' });
const openGate = z
  .object({
    gate: z.string(),
    waits: z.boolean().describe('No standing decision answers it, and where one has to ask for it, somebody did'),
    mine: z.boolean().describe('You hold a right to decide there, and have not yet'),
  })
  .meta({ id: 'OpenGate' });
const linkView = z
  .object({
    id: idText,
    type: z.string(),
    label: z.string(),
    direction: z.enum(['out', 'in']),
    state: z.enum(['asserted', 'suspect']),
    other: headerSchema,
    assertedBy: idText.nullable(),
    at: z.string(),
  })
  .meta({ id: 'Link' });
export const itemView = z
  .object({
    item: z.string(),
    mandatory: z.boolean(),
    applicable: z.boolean(),
    notApplicableReason: z.string().nullable(),
    statement: z.string().nullable(),
    fileHash: z.string().nullable().describe('Of the file of the record that is stated'),
    state: z.enum(['missing', 'drafted', 'accepted', 'rejected']),
    draftedBy: idText.nullable(),
    acceptedBy: idText.nullable(),
    acceptedRole: z.string().nullable(),
    selfChecked: z.boolean(),
    finding: z.string().nullable(),
    updatedAt: z.string(),
  })
  .meta({ id: 'ChecklistItem' });
export const findingSchema = z
  .object({ itemRef: z.string().max(200), severity: z.enum(['must', 'should']), text: z.string().min(1).max(4000) })
  .meta({ id: 'Finding' });
export const decisionSchema = z
  .object({
    id: idText,
    gate: z.string(),
    outcome: z.enum(['approve', 'approve_with_conditions', 'reject', 'defer', 'withdraw', 'opt_out']),
    variant: z.string().nullable(),
    side: z.enum(['B', 'P']),
    role: z.string(),
    decidedBy: idText,
    onBehalfOf: idText.nullable(),
    customer: idText.nullable(),
    reasonCode: z.string().nullable(),
    reason: z.string(),
    findings: z.array(findingSchema),
    subjectVersion: z.int32(),
    subjectHash: z.string(),
    evidence: z.array(z.object({ type: z.string(), id: idText, ref: z.string().nullable(), hash: z.string() })),
    evidenceHash: z.string(),
    selfChecked: z.boolean(),
    selfDeclared: z.boolean().describe('In the name of a customer whose claim nobody had confirmed'),
    occurredAt: instantText,
    openedAt: instantText.nullable(),
    basis: z.enum(['current', 'stale', 'revoked', 'consumed']),
    ended: z.enum(['revoked', 'consumed']).nullable(),
    lapsed: z.boolean().describe('A condition that it was made on lapsed'),
  })
  .meta({ id: 'Decision' });
export const conditionSchema = z
  .object({
    id: idText,
    decision: idText,
    text: z.string(),
    owner: idText.nullable(),
    dueAt: z.string().nullable(),
    blocks: z.string().nullable(),
    state: z.enum(['open', 'met', 'lapsed']),
  })
  .meta({ id: 'Condition' });
export const attestationSchema = z
  .object({
    id: idText,
    gate: z.string().nullable(),
    title: z.string(),
    statement: z.string().describe('Of one that takes back another: why'),
    failed: z.boolean(),
    withdraws: idText.nullable().describe('The earlier attestation that it takes back'),
    fileName: z.string().nullable(),
    fileHash: z
      .string()
      .nullable()
      .describe('SHA-256 of the file that is stated; whether it is kept here, the files of the record tell'),
    hash: z.string(),
    role: z.string(),
    customer: idText.nullable().describe('For whom it was attested; null: for the provider'),
    attestedBy: idText,
    at: z.string(),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: 'Attestation' });

const profile = z.enum(['light', 'standard', 'regulated']).nullable();

/** What every record is read with, whatever its type. */
const readShape = {
  moves: z.array(moveView),
  gates: z.array(openGate),
  links: z.array(linkView),
  checklist: z.array(itemView),
  decisions: z.array(decisionSchema),
  conditions: z.array(conditionSchema),
  evidence: z.array(attestationSchema),
  names,
  canEdit: z.boolean(),
  editRefusals: z.array(refusalSchema),
  alteredBy: z
    .record(z.string(), z.string())
    .describe('Fields that, once they hold a value, are altered by a move that stays in its state: by which'),
  asOf: instantText.optional(),
};
const recordShape = { ...headerShape, lineage: idText, profile, contentHash: z.string() };
const rowShape = { ...headerShape, contentHash: z.string() };
const anyFields = z.record(z.string(), z.unknown());

/** A record of any type: what its fields hold is for its definition to say. */
export const anyRead = z.object({ record: z.object({ ...recordShape, fields: anyFields }), ...readShape });
export const anyList = z.object({
  items: z.array(z.object({ ...rowShape, fields: anyFields })),
  nextCursor: z.string().nullable(),
  names,
});

export function readSchema(definition: RecordDefinition, fields: z.ZodObject): z.ZodType {
  return z
    .object({ record: z.object({ ...recordShape, fields }), ...readShape })
    .meta({ id: `${pascal(definition.type)}View` });
}

export function listSchema(definition: RecordDefinition, fields: z.ZodObject): z.ZodType {
  return z
    .object({
      items: z.array(z.object({ ...rowShape, fields })),
      nextCursor: z.string().nullable(),
      names,
    })
    .meta({ id: `${pascal(definition.type)}List` });
}

const pascal = (type: string) =>
  type
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
