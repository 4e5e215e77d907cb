// The gate page, the decision, what waits, conditions and attestations.
import { uuidForm } from '../record/define/id.ts';
import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import { gatePage } from '../decision/page.ts';
import { conditionsOf } from '../decision/conditions/list.ts';
import { meetCondition } from '../decision/conditions/meet.ts';
import { recordDecision } from '../decision/record-decision.ts';
import { changedBases } from '../decision/basis-list.ts';
import { toldDecision } from '../decision/seen.ts';
import { decisionOf } from '../decision/standing-decisions.ts';
import { waiting } from '../decision/waiting.ts';
import { namesOf, idsIn } from '../record/read/names.ts';
import { act } from '../record/act/act.ts';
import { done, refusable } from '../refusal/refusal.ts';
import { changedSchema, conditionsSchema, gateSchema, side, waitingSchema } from './gate-views.ts';
import { ofDecisions } from './decision-refusals.ts';
import { endpoint } from './endpoint.ts';
import { anyId } from './example.ts';
import type { Endpoint } from './endpoint.ts';
import { conditionSchema, decisionSchema, findingSchema, pageQuery } from './views.ts';

const tag = 'Decisions';
const params = z.object({
  gate: z
    .string()
    .regex(/^[A-Z]\d{1,2}$/)
    .describe('G1 to G9, P1 to P11')
    .meta({ examples: ['G1'] }),
  id: z
    .string()
    .min(1)
    .max(60)
    .describe('Subject: id or reference')
    .meta({ examples: [anyId] }),
});
const text = z.string().trim().min(1).max(4000);

const decisionInput = z.strictObject({
  outcome: z.enum(['approve', 'approve_with_conditions', 'reject', 'defer', 'withdraw', 'opt_out']),
  variant: z.string().max(60).optional(),
  reasonCode: z.string().max(60).optional(),
  reason: text,
  conditions: z
    .array(
      z.strictObject({
        text,
        owner: idText.nullable().optional(),
        dueAt: instantText.nullable().optional(),
        blocks: z.string().max(4).nullable().optional(),
      }),
    )
    .max(50)
    .optional(),
  findings: z.array(findingSchema).max(100).optional(),
  customer: idText.optional(),
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
    description:
      'Lists every gate at which somebody decides: its question, the side and roles that answer it, and the evidence that it asks for. The gates are part of the program; nothing of your records is told.',
    response: z.object({
      items: z.array(
        z.object({
          gate: z.string(),
          label: z.string(),
          question: z.string(),
          side,
          roles: z.array(z.string()),
          evidence: z.array(
            z.object({
              title: z.string(),
              roles: z.array(z.string()),
              from: z.enum(['light', 'standard', 'regulated']),
            }),
          ),
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
          evidence: evidence.map((each) => ({ ...each, roles: [...each.roles] })),
        })),
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/gates/{gate}/{id}',
    operationId: 'gate.read',
    refusals: ['decision.wrong-subject'],
    tag,
    status: 200,
    summary: 'A gate as its decider reads it: evidence, policies, findings, who may decide',
    description:
      'Shows one record at one gate as its decider reads it: what must hold first, the evidence with its hash, what the policies say, findings that are open, who may decide and why others may not. A decision sends the version and the hash of the evidence back.',
    params,
    response: gateSchema,
    handle: ({ application, caller, params: { gate, id } }) => gatePage(application, caller, gate, id),
  }),
  endpoint({
    method: 'POST',
    path: '/gates/{gate}/{id}/decisions',
    operationId: 'gate.decide',
    decides: true,
    refusals: ofDecisions,
    tag,
    status: 201,
    summary: 'Record a decision on exactly what the gate shows',
    description:
      'Records a decision on the record exactly as the gate showed it: approve, with conditions, refuse with findings, defer, withdraw, or opt out of what several customers share in. Answers with the decision; the moves that it makes are made in the same transaction.',
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
      return done({ ...toldDecision(decision), basis: 'current' as const });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/decisions/waiting',
    operationId: 'decision.waiting',
    refusals: ['list.cursor'],
    tag,
    status: 200,
    summary: 'Decisions that wait, yours first',
    description: 'Lists records that wait at a gate which you may see, those that you may decide first, page by page.',
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
    method: 'GET',
    path: '/decisions/changed',
    operationId: 'decision.changed',
    tag,
    status: 200,
    summary: 'Decisions in force that stand on what reads otherwise now',
    description:
      'Lists decisions in force, of records that you may see, whose subject or evidence was altered since: those that you decide first, then the oldest, at most 200. Whoever decides there answers at the gate: it stands (approve with the variant "stands"), it stands with conditions, or ask again (defer with the variant "ask-again").',
    query: z.object({}),
    response: changedSchema,
    handle: async ({ application, caller }) =>
      refusable(async () => {
        const found = await changedBases(application, caller.principal);
        const named = idsIn(found.items.map(({ subject }) => [subject.owner, subject.customers]));
        return { ...found, names: await namesOf(application.pool, caller.principal, named) };
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/conditions',
    operationId: 'condition.list',
    tag,
    status: 200,
    summary: 'Conditions of decisions that you see to, and those that are owed to you',
    description:
      'Lists the conditions that are not met yet, lapsed ones too, the next due first: those that you are the owner of, and those that a decision of yours, or of a role of yours, was made on. Of each kind it tells how many there are.',
    query: z.object({}),
    response: conditionsSchema,
    handle: async ({ application, caller }) =>
      refusable(async () => {
        const found = await conditionsOf(application, caller);
        const named = idsIn(found.items.map(({ subject, owner }) => [owner, subject.owner, subject.customers]));
        return { ...found, names: await namesOf(application.pool, caller.principal, named) };
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/conditions/{id}/met',
    operationId: 'condition.meet',
    refusals: ['condition.met', 'condition.owner'],
    tag,
    status: 200,
    summary: 'Record that a condition of a decision is met, with the evidence',
    description:
      'Says with what evidence a condition of an approval is met, after it lapsed too. Its owner may, and who holds the role that decided; answers with the condition as it then stands.',
    params: z.object({ id: idText }),
    body: z.strictObject({ evidence: text }),
    response: conditionSchema,
    handle: async ({ application, caller, params: { id }, body }) =>
      meetCondition(application, caller, id, body.evidence),
  }),
];
