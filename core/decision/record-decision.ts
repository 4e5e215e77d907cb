import { randomUUIDv7 } from 'node:crypto';
import { byRightsOfNow } from '../record/act/rights-of-now.ts';
import { rememberSide } from '../record/edit/lineage.ts';
import type { Sided } from '../record/edit/lineage.ts';
import { loadHeader, lock, missing } from '../record/read/load.ts';
import { lockRelated, make } from '../record/edit/move.ts';
import { save } from '../record/edit/save.ts';
import type { RecordData } from '../record/define/data.ts';
import { serverRecord } from '../record/define/work.ts';
import type { ServerRecord, Work } from '../record/define/work.ts';
import { withArticle } from '../refusal/article.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { authority } from './authority.ts';
import type { Authority } from './authority.ts';
import { checkConditions } from './conditions/check.ts';
import type { ConditionInput } from './conditions/check.ts';
import { gateContext } from './context.ts';
import type { GateContext } from './context.ts';
import { isDecidedAt, movesOn } from './declared.ts';
import { endDecisions } from './end.ts';
import type { Ended } from './end.ts';
import { gateFor, isOfCustomers } from '../lifecycle/gate.ts';
import type { DecisionOutcome, Gate } from '../lifecycle/gate.ts';
import { closedBecause } from './context.ts';
import { inputRefusals, standingWord } from './input-refusals.ts';
import { eachDecides, isCarried, isLost, voteOf } from './together.ts';
import { togetherOn } from './together-store.ts';
import { standingDecisions } from './standing-decisions.ts';
import { decisionHash, storeDecision } from './store.ts';
import type { DecisionBody } from './store.ts';
import type { Finding } from './standing.ts';
import type { Grant } from '../permission/principal.ts';

export interface DecisionInput {
  outcome: DecisionOutcome;
  /** The move's name, where a refusal can lead to several states. */
  variant?: string;
  reasonCode?: string;
  reason: string;
  conditions?: ConditionInput[];
  findings?: Finding[];
  customer?: string;
  expectedVersion: number;
  /** The evidence set that the decider saw. */
  evidenceHash: string;
}

export interface Decided {
  id: string;
  subject: RecordData;
}

/** Records a decision at a gate, and makes the move it leads to, in the caller's one transaction. Refuses by `stop`. */
export async function recordDecision(
  waiting: Work,
  gateCode: string,
  name: string,
  input: DecisionInput,
): Promise<Decided> {
  const declared = waiting.application.registry.gates.get(gateCode);
  if (!declared) stop(missing('gate', gateCode));
  const { record, subject } = await lockSubject(waiting, declared, name, input);
  const gate = gateFor(declared, subject.customers);
  const work = await byRightsOfNow(waiting);
  await checkConditions(work, { gate: gate.code, subject: subject.id, conditions: input.conditions ?? [] });
  const context = await gateContext(work, record, { gate, subject, customer: input.customer });
  const granted = authority({
    ...context,
    ...(commitsNothing(input.outcome) ? { amount: null } : {}),
    ...(input.outcome === 'withdraw' ? { together: eachDecides } : {}),
    principal: work.caller.principal,
    customer: input.customer,
  });
  const edited = evidenceEdited(context, input);
  const refusals = [...granted.refusals, ...inputRefusals(context, input, granted.grant), ...edited];
  if (refusals.length || !granted.grant) {
    const kind = granted.refusals.length ? 'forbidden' : edited.length ? 'conflict' : 'refused';
    stop({ ...refuse(kind, ...refusals), ...(kind === 'conflict' ? { currentVersion: subject.version } : {}) });
  }
  const sided = await rememberSide(
    work,
    subject,
    gate.roles.filter((role) => role === granted.grant?.role),
  );
  const body = decisionBody(work, context, input, { ...granted, grant: granted.grant });
  await storeDecision(work.client, subject.providerId, body);
  const withdrawn = input.outcome === 'withdraw' ? standingWord(context, granted.grant) : undefined;
  const ended = await endDecisions(work, withdrawn ? [withdrawn.id] : [], 'revoked', input.reason);
  return { id: body.id, subject: await effect(work, record, context, { input, body, told: { ...sided, ...ended } }) };
}

/** Taking back, and opting out, commit no money. */
const commitsNothing = (outcome: DecisionOutcome) => outcome === 'withdraw' || outcome === 'opt_out';

async function lockSubject(
  work: Work,
  gate: Gate,
  name: string,
  input: DecisionInput,
): Promise<{ record: ServerRecord; subject: RecordData }> {
  const header = await loadHeader(work.client, work.caller.principal, name);
  if (!header) stop(missing('record', name));
  const record = serverRecord(work.application.registry, header.type);
  const { lifecycle } = record.definition;
  if (!isDecidedAt(lifecycle, gate.code))
    stop(
      refuse(
        'invalid',
        refusal(
          'decision.wrong-subject',
          `${gate.code} is not decided on ${withArticle(record.definition.label)}.`,
          'Open the record that the gate belongs to.',
        ),
      ),
    );
  const moves = Object.entries(lifecycle.moves)
    .filter(([, each]) => each.gate === gate.code)
    .map(([move]) => move);
  await lockRelated(work, record, header.id, moves);
  return { record, subject: await lock(work, record, header.id, input.expectedVersion) };
}

/** The evidence is what the decider saw, or it is read again. */
function evidenceEdited(context: GateContext, { evidenceHash }: DecisionInput): Refusal[] {
  if (evidenceHash === context.evidenceHash) return [];
  return [
    refusal(
      'decision.evidence-changed',
      'The evidence was edited after you read it.',
      'Read the gate again and decide on what stands now.',
    ),
  ];
}

function decisionBody(
  work: Work,
  context: GateContext,
  input: DecisionInput,
  { grant, selfChecked, selfDeclared }: Authority & { grant: Grant },
): DecisionBody {
  const { subject, gate } = context;
  return {
    id: randomUUIDv7(),
    gate: gate.code,
    subjectId: subject.id,
    subjectType: subject.type,
    subjectVersion: subject.version,
    subjectHash: subject.contentHash,
    evidence: context.evidence.map(({ type, id, ref, hash }) => ({ type, id, ref, hash })),
    evidenceHash: context.evidenceHash,
    policies: context.policies.map((each) => ({ ...each })),
    side: gate.side,
    outcome: input.outcome,
    variant: input.variant ?? null,
    decidedBy: work.caller.principal.id,
    role: grant.role,
    onBehalfOf: grant.onBehalfOf,
    delegationId: grant.delegationId,
    customer: gate.side === 'B' ? grant.customer : null,
    separation: context.separation.map((each) => each.id),
    selfChecked,
    selfDeclared,
    findings: (input.findings ?? []).map((each) => ({ ...each })),
    reasonCode: input.reasonCode ?? null,
    reason: input.reason,
    openedAt: context.openedAt,
    occurredAt: work.now,
    conditions: (input.outcome === 'approve_with_conditions' ? (input.conditions ?? []) : []).map((each) => ({
      id: randomUUIDv7(),
      text: each.text,
      owner: each.owner ?? null,
      dueAt: each.dueAt ? new Date(each.dueAt).toISOString() : null,
      blocks: each.blocks ?? null,
    })),
  };
}

/** Makes the move that the decision leads to, or only journals it where none does (yet). The entry binds the decision's own hash. */
async function effect(
  work: Work,
  record: ServerRecord,
  context: GateContext,
  { input, body, told }: { input: DecisionInput; body: DecisionBody; told: Sided & Ended },
): Promise<RecordData> {
  const entry = {
    kind: 'decided' as const,
    decisionId: body.id,
    onBehalfOf: body.onBehalfOf,
    reason: input.reason,
    reasonCode: input.reasonCode ?? null,
  };
  // `endTold`: should this decision be ended one day, an entry will tell so.
  const decision = { gate: body.gate, outcome: body.outcome, hash: decisionHash(body), endTold: true };
  const extra = { _decision: decision, ...told };
  const moveName = await leadsTo(work, record, context, input);
  if (moveName)
    return make(work, record, context.subject, {
      moveName,
      input: { reason: input.reason, reasonCode: input.reasonCode },
      entry,
      extra,
    });
  return save(work, record, context.subject, { extra, entry });
}

/** The move that follows, if one does: where several customers decide together, once it is carried, or lost. */
async function leadsTo(
  work: Work,
  record: ServerRecord,
  context: GateContext,
  input: DecisionInput,
): Promise<string | undefined> {
  const { subject } = context;
  const candidates = (on: 'approve' | 'reject' | 'withdraw') => movesOn(context.moves, subject.state, on);
  if (input.outcome === 'withdraw')
    return isOfCustomers(context.gate) && (await stands(work, record, context)).carried
      ? undefined
      : candidates('withdraw')[0];
  if (input.outcome === 'defer' || !context.inState) return undefined;
  if (input.outcome === 'reject') {
    if (!(await stands(work, record, context)).lost) return undefined;
    const refusing = candidates('reject');
    return refusing.find((name) => name === input.variant) ?? refusing[0];
  }
  // Who leaves does not open the gate for the others.
  if (input.outcome === 'opt_out' && closedBecause(context).length) return undefined;
  return (await stands(work, record, context)).carried ? candidates('approve')[0] : undefined;
}

/** How it stands among several customers, once this decision is told; one person's word carries or loses it alone. */
async function stands(
  work: Work,
  record: ServerRecord,
  { gate, subject }: GateContext,
): Promise<{ carried: boolean; lost: boolean }> {
  if (!isOfCustomers(gate)) return { carried: true, lost: true };
  const decisions = await standingDecisions(work.client, record, subject, work.now);
  const together = await togetherOn(work.client, work.application.registry, subject);
  const votes = (vote: string) => (customer: string) => voteOf(decisions, gate.code, customer, together) === vote;
  return {
    carried: isCarried(gate, together, subject.customers, votes('approved')),
    lost: isLost(gate, together, subject.customers, votes('refused')),
  };
}
