// The gate page, the decision, what waits, conditions and attestations.
import { uuidForm } from '../record/id.ts';
import { z } from 'zod';
import { gatePage } from '../decision/page.ts';
import { attest, meetCondition } from '../decision/attest.ts';
import { recordDecision } from '../decision/record-decision.ts';
import { decisionOf } from '../decision/standing-decisions.ts';
import { waiting } from '../decision/waiting.ts';
import { namesOf, idsIn } from '../record/names.ts';
import { act } from '../record/work.ts';
import { done, refusable } from '../refusal/refusal.ts';
import { gateSchema, side, waitingSchema } from './gate-views.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { attestationSchema, conditionSchema, decisionSchema, findingSchema, pageQuery, recordParams } from './views.ts';

const tag = 'Decisions';
const params = z.object({
  gate: z
    .string()
    .regex(/^[A-Z]\d{1,2}$/)
    .describe('G1 to G9, P1 to P11'),
  id: z.string().min(1).max(60).describe('Subject: id or reference'),
});
const text = z.string().trim().min(1).max(4000);

const decisionInput = z.strictObject({
  outcome: z.enum(['approve', 'approve_with_conditions', 'reject', 'defer', 'withdraw']),
  variant: z.string().max(60).optional(),
  reasonCode: z.string().max(60).optional(),
  reason: text,
  conditions: z
    .array(
      z.strictObject({
        text,
        owner: z.uuid().nullable().optional(),
        dueAt: z.iso.datetime({ offset: true }).nullable().optional(),
        blocks: z.string().max(4).nullable().optional(),
      }),
    )
    .max(50)
    .optional(),
  findings: z.array(findingSchema).max(100).optional(),
  customer: z.uuid().optional(),
  expectedVersion: z.int32().min(1),
  evidenceHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const gateEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/gates',
    operationId: 'gate.list',
    tag,
    status: 200,
    summary: 'The gates, with the side and roles that decide',
    response: z.object({
      items: z.array(
        z.object({
          gate: z.string(),
          label: z.string(),
          question: z.string(),
          side,
          roles: z.array(z.string()),
          evidence: z.array(z.string()),
        }),
      ),
    }),
    handle: async ({ application }) =>
      done({
        items: [...application.registry.gates.values()].map(({ code, label, question, side: of, roles, evidence }) => ({
          gate: code,
          label,
          question,
          side: of,
          roles,
          evidence,
        })),
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/gates/{gate}/{id}',
    operationId: 'gate.read',
    tag,
    status: 200,
    summary: 'A gate as its decider reads it: evidence, policies, findings, who may decide',
    params,
    response: gateSchema,
    handle: ({ application, caller, params: { gate, id } }) => gatePage(application, caller, gate, id),
  }),
  endpoint({
    method: 'POST',
    path: '/gates/{gate}/{id}/decisions',
    operationId: 'gate.decide',
    tag,
    status: 201,
    summary: 'Record a decision on exactly what the gate shows',
    params,
    body: decisionInput,
    response: decisionSchema,
    scope: 'decide',
    idempotent: true,
    handle: async ({ application, caller, params: { gate, id }, body }) => {
      const outcome = await act(
        application,
        caller,
        { command: `decide ${gate} ${body.outcome}`, ...(uuidForm.test(id) ? { id } : {}) },
        (work) => recordDecision(work, gate, id, body),
      );
      if (!outcome.ok) return outcome;
      const decision = await decisionOf(application.pool, caller.principal.providerId, outcome.value.id);
      if (!decision) throw new Error(`the decision ${outcome.value.id} stood a moment ago`);
      return done({ ...decision, basis: 'current' as const });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/decisions/waiting',
    operationId: 'decision.waiting',
    tag,
    status: 200,
    summary: 'Decisions that wait, yours first',
    query: pageQuery.extend({ mine: z.enum(['true', 'false']).optional() }),
    response: waitingSchema,
    handle: async ({ application, caller, query }) =>
      refusable(async () => {
        const found = await waiting(application, caller.principal, {
          limit: query.limit,
          cursor: query.cursor,
          mine: query.mine === 'true',
        });
        return {
          ...found,
          names: await namesOf(
            application.pool,
            caller.principal,
            idsIn(found.items.map((item) => [item.subject.owner, item.subject.customers])),
          ),
        };
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/records/{id}/attestations',
    operationId: 'record.attest',
    tag,
    status: 201,
    summary: 'Attest evidence for a gate, in your own name and role',
    params: recordParams,
    idempotent: true,
    body: z.strictObject({
      gate: z
        .string()
        .regex(/^[A-Z]\d{1,2}$/)
        .nullable()
        .optional(),
      role: z.string().max(20).optional().describe('In which of your roles; by default the first that counts here'),
      title: z.string().trim().min(1).max(200),
      statement: text,
      failed: z.boolean().optional(),
      fileName: z.string().max(200).optional(),
      fileHash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      file: z.uuid().optional().describe('A public file of the record, instead of the hash of one that lies elsewhere'),
      expiresAt: z.iso.datetime({ offset: true }).optional(),
    }),
    response: attestationSchema,
    handle: async ({ application, caller, params: { id }, body }) => attest(application, caller, id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/conditions/{id}/met',
    operationId: 'condition.meet',
    tag,
    status: 200,
    summary: 'Record that a condition of a decision is met, with the evidence',
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ evidence: text }),
    response: conditionSchema,
    handle: async ({ application, caller, params: { id }, body }) =>
      meetCondition(application, caller, id, body.evidence),
  }),
];
