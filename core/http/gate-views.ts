// Shapes of the answers of gates and decisions.
import { z } from 'zod';
import { idText } from '../names/forms.ts';
import { conditionSchema, decisionSchema, headerSchema, names, refusalSchema } from './views.ts';

export const side = z.enum(['B', 'P']);
const money = z.object({ minor: z.int(), currency: z.string() }).nullable();

/** Roles that fewer hold than a gate needs. */
export const vacancySchema = z.object({
  side,
  customer: idText.nullable().describe('Of the business: whose people'),
  roles: z.array(z.string()).describe('Any of them decides'),
  needed: z.int(),
  held: z.int(),
});

/** A gate as its decider reads it. */
export const gateSchema = z
  .object({
    gate: z.string(),
    label: z.string(),
    question: z.string(),
    side,
    roles: z.array(z.string()),
    subject: headerSchema,
    subjectHash: z.string(),
    open: z.boolean(),
    inState: z.boolean(),
    asked: z.boolean().describe('It waits here, or a decision in force stands on what was altered since'),
    preconditions: z.array(
      z.object({ rule: z.string(), sentence: z.string(), met: z.boolean(), refusals: z.array(refusalSchema) }),
    ),
    expectedEvidence: z
      .array(
        z.object({
          title: z.string(),
          roles: z.array(z.string()),
          mandatory: z.boolean(),
          given: z.boolean(),
          mine: z.boolean().describe('The reader may attest it'),
        }),
      )
      .describe(
        'What the gate wants to see, whose word on it counts, and whether it stays closed without it as this record is handled',
      ),
    evidence: z.array(
      z.object({
        type: z.string(),
        id: idText,
        ref: z.string().nullable(),
        title: z.string(),
        statement: z.string().nullable(),
        grade: z
          .enum(['measured', 'recorded', 'attested'])
          .describe('Computed from records; a record by its hash; or what a person says'),
        fault: z
          .enum(['failed', 'expired', 'stale', 'unready'])
          .nullable()
          .describe('Why it shows nothing as it stands: `stale` was stated before the record was altered'),
        kind: z.string().nullable().describe('Of what the gate wants to see: which'),
        hash: z.string(),
        at: z.string(),
        from: idText.nullable(),
        gate: z.string().nullable(),
        fileName: z.string().nullable(),
        fileHash: z.string().nullable(),
        customer: idText.nullable(),
        role: z.string().nullable(),
        expiresAt: z.string().nullable(),
        mine: z.boolean().describe('The reader holds the role in which it was stated, and may take it back'),
        figure: z
          .object({
            kind: z.string(),
            label: z.string(),
            value: z.number(),
            unit: z.string().nullable(),
            from: z.string(),
            to: z.string(),
            n: z.int(),
            at: z.string(),
            records: z.string().nullable(),
          })
          .nullable(),
      }),
    ),
    evidenceHash: z.string(),
    policies: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        rule: z.string(),
        effect: z.string(),
        verdict: z.string(),
        sentence: z.string(),
      }),
    ),
    deciders: z.array(z.object({ person: idText, role: z.string(), mayDecide: z.boolean(), why: z.string() })),
    waitsForDecider: z.boolean().describe('Asked, and fewer of those who hold a role for it may decide than have to'),
    missingRoles: z
      .array(vacancySchema)
      .describe('Where fewer hold a role that decides here than have to: which role of which side, and how many'),
    mayDecide: z.object({ allowed: z.boolean(), refusals: z.array(refusalSchema) }),
    closedBecause: z.array(refusalSchema),
    outcomes: z.array(
      z.object({
        outcome: z.string(),
        variant: z.string().nullable(),
        label: z.string(),
        to: z.string().nullable(),
        needsFindings: z.boolean(),
      }),
    ),
    gist: z
      .array(
        z.object({
          type: z.string(),
          id: idText,
          ref: z.string().nullable(),
          title: z.string(),
          values: z.record(z.string(), z.unknown()),
          earlier: z.array(z.object({ name: z.string(), value: z.unknown(), until: z.string() })),
        }),
      )
      .describe('Of what it rests on the figures that matter; of those, and of its own, what stood there before'),
    decisions: z.array(decisionSchema),
    conditions: z.array(conditionSchema).describe('Of the decisions that are shown'),
    changes: z
      .array(
        z.object({
          type: z.string(),
          id: z.string(),
          ref: z.string().nullable(),
          title: z.string(),
          how: z.enum(['altered', 'added', 'gone', 'ended']),
          parts: z.array(z.object({ name: z.string(), label: z.string(), was: z.unknown(), becomes: z.unknown() })),
        }),
      )
      .describe('What a decision in force stands on and that reads otherwise now'),
    together: z
      .object({
        rule: z
          .enum(['each', 'lead', 'weighted'])
          .describe('Every customer decides, one for all, or a share of the funding'),
        lead: idText.nullable(),
        percent: z.int().nullable().describe('How much of the funding has to approve'),
        customers: z.array(
          z.object({
            customer: idText.nullable().describe('Null: another organisation'),
            vote: z.enum(['approved', 'refused', 'opted_out', 'awaited', 'decided']),
            weight: z.number().nullable().describe('Its share of the funding, in per cent'),
          }),
        ),
      })
      .nullable()
      .describe('Where several customers decide together: by which rule, who has decided and who is awaited'),
    waitingSince: z.string(),
    costPerDay: money,
    names,
  })
  .meta({ id: 'GatePage' });

/** Decisions in force whose basis changed. */
export const changedSchema = z.object({
  items: z.array(
    z.object({
      gate: z.string(),
      gateLabel: z.string(),
      side,
      subject: headerSchema,
      since: z.string(),
      decidedAt: z.string(),
      mine: z.boolean(),
      askedAgain: z.string().nullable(),
      lapsed: z.array(z.string()).describe('Conditions of the decision whose day passed without their being met'),
    }),
  ),
  names,
});

/** Conditions that are not met yet. */
export const conditionsSchema = z.object({
  items: z.array(
    conditionSchema.extend({
      gate: z.string().describe('Where the decision was made'),
      subject: headerSchema,
      soon: z.boolean().describe('Its owner was reminded'),
      mine: z.boolean().describe('You see to it'),
      owed: z.boolean().describe('A decision of yours, or of a role of yours, was made on it'),
    }),
  ),
  count: z.object({ mine: z.int(), owed: z.int() }),
  names,
});

/** Decisions that wait. */
export const waitingSchema = z.object({
  items: z.array(
    z.object({
      gate: z.string(),
      gateLabel: z.string(),
      question: z.string(),
      side,
      subject: headerSchema,
      since: z.string(),
      costPerDay: money,
      mine: z.boolean(),
      together: z
        .object({ rule: z.enum(['each', 'lead', 'weighted']), decided: z.int(), of: z.int() })
        .nullable()
        .describe('Where several customers decide together: by which rule, and how many of them have'),
    }),
  ),
  nextCursor: z.string().nullable(),
  names,
});
