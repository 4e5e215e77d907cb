// The shapes of the API's answers, as the screens read them (base /api/v1).
import type { Money } from '../record/fields.ts';
import type { StageName } from '../record/define.ts';
import type { Refusal } from '../refusal/refusal.ts';

export type Names = Readonly<Record<string, string>>;
export type FieldValues = Readonly<Record<string, unknown>>;

export interface Header {
  id: string; type: string; ref: string; number: number; title: string; state: string; stage: StageName; version: number;
  customers: string[]; owner: string | null; createdAt: string; updatedAt: string;
}

export interface RecordView extends Header { contentHash: string; fields: FieldValues }

export interface MoveView {
  name: string; label: string; allowed: boolean; refusals: Refusal[]; asks: { field: string; required: boolean }[];
  gate: string | null; needsReason: boolean; primary: boolean; to: string;
}

export interface LinkView {
  id: string; type: string; direction: 'out' | 'in'; state: 'asserted' | 'suspect' | 'broken'; other: Header; assertedBy: string | null; at: string;
}

export interface ItemView {
  item: string; title: string; mandatory: boolean; consumer?: string; applicable: boolean; notApplicableReason: string | null;
  statement: string | null; evidenceKind: 'attested' | 'measured' | null; state: 'missing' | 'drafted' | 'accepted' | 'rejected';
  draftedBy: string | null; acceptedBy: string | null; acceptedRole: string | null; check: string | null; updatedAt: string | null;
}

export type DecisionOutcome = 'approve' | 'approve_with_conditions' | 'reject' | 'defer' | 'withdraw';
export interface Condition { id: string; text: string; owner: string | null; dueAt: string | null; blocks: string | null; state: string }
export interface Finding { itemRef: string | null; severity: 'must' | 'should'; text: string }

export interface DecisionView {
  id: string; gate: string; gateLabel: string; question: string; outcome: DecisionOutcome; variant: string | null; side: 'B' | 'P'; role: string;
  decidedBy: string; onBehalfOf: string | null; customer: string | null; reasonCode: string | null; reason: string; conditions: Condition[];
  findings: Finding[]; basis: 'current' | 'stale' | 'revoked' | 'consumed'; subjectVersion: number; subjectHash: string;
  evidence: { type: string; id: string; ref: string; hash: string }[]; occurredAt: string;
}

export interface RecordRead {
  record: RecordView; moves: MoveView[]; links: LinkView[]; checklist: ItemView[]; names: Names; decisions: DecisionView[];
  canEdit: boolean; editRefusals: Refusal[];
}

export interface ListReply { items: RecordView[]; nextCursor: string | null; names: Names }

export interface Me {
  person: { id: string; name: string };
  provider: { id: string; name: string; kind: string; example: boolean; now: string };
  grants: { role: string; side: 'B' | 'P' | null; customer: string | null; validTo: string | null }[];
}

export interface JournalEntry {
  seq: number; occurredAt: string; recordedAt: string; actor: string | null; onBehalfOf: string | null; channel: string; kind: string; move: string | null;
  from: string | null; to: string | null; version: number; edits: FieldValues | null; reasonCode: string | null; reason: string | null; hash: string;
}

export interface JournalReply { items: JournalEntry[]; nextCursor: string | null; names: Names }

export interface ThreadNode { header: Header; depth: number; kind: string; measured?: { value: number; unit: string; at: string } }
export interface ThreadEdge { from: string; to: string; type: string; state: 'asserted' | 'suspect' | 'broken' }
export interface Thread { nodes: ThreadNode[]; edges: ThreadEdge[]; weakest: ThreadEdge | null }

export interface WaitingDecision {
  gate: string; gateLabel: string; question: string; side: 'B' | 'P'; subject: Header; since: string; costPerDay: Money | null; mine: boolean; open: boolean;
}
export interface WaitingReply { items: WaitingDecision[]; nextCursor: string | null; names: Names }

export interface EvidencePiece {
  type: string; ref?: string; id?: string; title: string; kind: 'measured' | 'attested' | 'missing' | 'failed' | 'expired'; hash: string | null; at: string | null; from: string | null;
}
export interface PolicyResult { id: string; title: string; rule: string; effect: string; verdict: 'met' | 'not_met' | 'undecided' | 'waived'; sentence: string }

export interface GateView {
  gate: string; label: string; question: string; side: 'B' | 'P'; roles: string[]; subject: Header; subjectHash: string; open: boolean;
  preconditions: { rule: string; sentence: string; met: boolean; hint: string | null }[]; evidence: EvidencePiece[]; evidenceHash: string; policies: PolicyResult[];
  deciders: { person: string; role: string; mayDecide: boolean; why: string | null }[]; mayDecide: { allowed: boolean; refusals: Refusal[] };
  outcomes: { outcome: DecisionOutcome; variant: string | null; label: string; to: string; needsFindings: boolean }[];
  decisions: DecisionView[]; waitingSince: string | null; costPerDay: Money | null; names: Names;
}
