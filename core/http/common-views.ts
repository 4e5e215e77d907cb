// Shapes of the answers that concern any record.
import { z } from 'zod';
import { idText } from '../names/forms.ts';
import { jsonValue } from '../record/define/json-value.ts';
import { decisionSchema, headerSchema, names } from './views.ts';

const grantSchema = z.object({
  role: z.string(),
  side: z.string(),
  customer: idText.nullable(),
  onBehalfOf: idText.nullable(),
});

/** Who is asking, with what it may. */
export const meSchema = z.object({
  person: z.object({ id: idText, name: z.string(), customer: idText.nullable() }),
  ended: z.boolean().describe('Your organisation has ended: you read what was its own, and write nothing'),
  provider: z.object({ id: idText, name: z.string(), kind: z.string(), example: z.boolean(), now: z.string() }),
  grants: z.array(grantSchema),
  creates: z.array(z.string()).describe('The types of records that you may create'),
  names,
});

/** A page of what happened to a record. */
export const journalSchema = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      occurredAt: z.string(),
      recordedAt: z.string(),
      actor: idText.nullable(),
      actorKind: z.string(),
      onBehalfOf: idText.nullable(),
      channel: z.string(),
      kind: z.string(),
      move: z.string().nullable(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      version: z.int32(),
      edits: z.record(z.string(), jsonValue),
      reasonCode: z.string().nullable(),
      reason: z.string().nullable(),
      hash: z.string(),
      previousHash: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  names,
});

/** The value thread through a record. */
export const threadSchema = z.object({
  nodes: z.array(
    z.object({
      header: headerSchema,
      depth: z.int(),
      distance: z.int(),
      measured: z.object({ value: z.number(), unit: z.string(), at: z.string() }).nullable(),
      broken: z
        .array(z.object({ code: z.string(), sentence: z.string(), hint: z.string() }))
        .describe('Why the thread of what is in use is broken here; nothing as of an earlier day'),
    }),
  ),
  edges: z.array(
    z.object({
      id: idText,
      from: idText,
      to: idText,
      type: z.string(),
      label: z.string(),
      state: z.enum(['asserted', 'suspect']),
      at: z.string(),
    }),
  ),
  weakest: idText.nullable().describe('Of the edges, one whose end was edited since they were joined'),
  complete: z
    .boolean()
    .nullable()
    .describe(
      'Nothing in use along it is cut off from what was agreed; null as of an earlier day, and where what is not shown may be',
    ),
  truncated: z.boolean().describe('It goes on farther than this answer'),
});

/** Who decided what along a lineage. */
export const lineageDecisionsSchema = z.object({
  items: z.array(
    z.object({
      id: idText,
      gate: z.string(),
      outcome: decisionSchema.shape.outcome,
      variant: z.string().nullable(),
      side: z.enum(['B', 'P']),
      role: z.string(),
      decidedBy: idText,
      onBehalfOf: idText.nullable(),
      customer: idText.nullable(),
      reason: z.string(),
      occurredAt: z.string(),
      ended: z.enum(['consumed', 'revoked']).nullable(),
      editedSince: z.boolean(),
      subject: headerSchema,
    }),
  ),
  names,
});
