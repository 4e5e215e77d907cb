import type { DecisionOutcome, Gate } from '../lifecycle/gate.ts';
import { isCarried } from './together.ts';
import type { Together } from './together.ts';

export interface Finding {
  itemRef: string;
  severity: 'must' | 'should';
  text: string;
}

/** Whether a decision still says what it said: its subject and evidence are as the decider saw them, and nothing ended it. */
export type Basis = 'current' | 'stale' | 'revoked' | 'consumed';

export interface DecisionData {
  id: string;
  gate: string;
  outcome: DecisionOutcome;
  variant: string | null;
  side: 'B' | 'P';
  role: string;
  decidedBy: string;
  onBehalfOf: string | null;
  customer: string | null;
  reasonCode: string | null;
  reason: string;
  findings: Finding[];
  subjectVersion: number;
  subjectHash: string;
  evidence: { type: string; id: string; ref: string | null; hash: string }[];
  evidenceHash: string;
  selfChecked: boolean;
  selfDeclared: boolean;
  occurredAt: string;
  openedAt: string | null;
  ended: 'consumed' | 'revoked' | null;
  /** A condition that it was made on lapsed, and is not met since. */
  lapsed: boolean;
  /** Policies that bind it now were not there when it was made, or a waiver that it was made on ended. */
  rebound: boolean;
  /** What the policies said when it was made. */
  policies: { id: string; title: string; verdict: string }[];
}

export interface StandingDecision extends DecisionData {
  basis: Basis;
  /** Evidence that it was made on, and that ran out since by time. */
  ranOut: string[];
}

export const decisionColumns = `d.id, d.gate, d.outcome, d.variant, d.side, d.role, d.decided_by as "decidedBy", d.on_behalf_of as "onBehalfOf", d.customer_id as customer,
  d.reason_code as "reasonCode", d.reason, d.findings, d.subject_version as "subjectVersion", d.subject_hash as "subjectHash", d.evidence, d.evidence_hash as "evidenceHash",
  d.self_checked as "selfChecked", d.self_declared as "selfDeclared", d.occurred_at as "occurredAt", d.opened_at as "openedAt", x.state as ended`;

/** An edited subject or evidence set makes a decision stale; an ended one stays ended. */
export function basisOf(
  decision: Pick<DecisionData, 'ended' | 'subjectHash' | 'evidenceHash'>,
  contentHash: string,
  evidence: string,
): Basis {
  if (decision.ended) return decision.ended;
  return decision.subjectHash === contentHash && decision.evidenceHash === evidence ? 'current' : 'stale';
}

export const isApproval = (decision: Pick<DecisionData, 'outcome'>): boolean =>
  decision.outcome === 'approve' || decision.outcome === 'approve_with_conditions';

/** Whether a gate is passed by as many as it asks for. */
export function passedBy(
  gate: Pick<Gate, 'code' | 'quorum'>,
  decisions: readonly StandingDecision[],
  customers: readonly string[],
  together: Together,
): boolean {
  const { code, quorum } = gate;
  if (quorum === 'two_people') return twoAgree(decisions.filter((each) => each.gate === code));
  if (quorum === 'one') return gatePassed(decisions, code, null);
  return isCarried(gate, together, customers, (customer) => gatePassed(decisions, code, [customer]));
}

/** Two people approve, each counted once, whoever lent them the right; and nobody's last word is a refusal. */
function twoAgree(decisions: readonly StandingDecision[]): boolean {
  const last = new Map<string, StandingDecision>();
  for (const each of decisions)
    if (each.outcome !== 'defer' && each.outcome !== 'withdraw') last.set(each.onBehalfOf ?? each.decidedBy, each);
  const votes = [...last.values()].filter(({ basis }) => basis === 'current');
  const people = new Set(votes.filter(isApproval).map(({ decidedBy }) => decidedBy));
  return votes.every(isApproval) && people.size >= 2;
}

/**
 * Whether a gate is passed: for each of the customers (or at all), the newest vote still standing is an approval.
 * A later refusal by the same customer undoes an approval; order among customers does not matter.
 */
export function gatePassed(
  decisions: readonly StandingDecision[],
  gate: string,
  customers: readonly string[] | null,
): boolean {
  const votes = decisions.filter(
    (decision) => decision.gate === gate && decision.outcome !== 'defer' && decision.outcome !== 'withdraw',
  );
  const newest = (of: readonly StandingDecision[]) => of.at(-1);
  const granted = (decision: StandingDecision | undefined) =>
    decision !== undefined && isApproval(decision) && decision.basis === 'current';
  if (customers === null) return granted(newest(votes));
  return (
    customers.length > 0 &&
    customers.every((customer) => granted(newest(votes.filter((vote) => vote.customer === customer))))
  );
}
