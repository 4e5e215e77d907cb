// The shapes of the API's answers, as the screens read them (base /api/v1).
import type { Money } from '../record/fields.ts';
import type { StageName } from '../record/define.ts';
import type { Refusal } from '../refusal/refusal.ts';

export type Names = Readonly<Record<string, string>>;
export type FieldValues = Readonly<Record<string, unknown>>;

export interface Header {
  id: string;
  type: string;
  ref: string;
  number: number;
  title: string;
  state: string;
  stage: StageName;
  version: number;
  customers: string[];
  owner: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface RecordView extends Header {
  contentHash: string;
  fields: FieldValues;
}

export interface MoveView {
  name: string;
  label: string;
  allowed: boolean;
  refusals: Refusal[];
  asks: { field: string; required: boolean }[];
  gate: string | null;
  on?: string | null;
  needsReason: boolean;
  /** Kinds of reason to choose from, by code; where it names any, one must be chosen. */
  reasonCodes: Readonly<Record<string, string>>;
  primary: boolean;
  to: string;
}

export interface LinkView {
  id: string;
  type: string /** The link's words as read from this record. */;
  label?: string;
  direction: 'out' | 'in';
  state: 'asserted' | 'suspect' | 'broken';
  other: Header;
  assertedBy: string | null;
  at: string;
}

export interface ItemView {
  item: string;
  mandatory: boolean;
  applicable: boolean;
  notApplicableReason: string | null;
  statement: string | null;
  evidenceKind: 'attested' | 'measured' | null;
  state: 'missing' | 'drafted' | 'accepted' | 'rejected';
  draftedBy: string | null;
  acceptedBy: string | null;
  acceptedRole: string | null;
  selfChecked: boolean;
  finding: string | null;
  updatedAt: string | null;
}

export type DecisionOutcome = 'approve' | 'approve_with_conditions' | 'reject' | 'defer' | 'withdraw';
export interface Condition {
  id: string;
  decision: string;
  text: string;
  owner: string | null;
  dueAt: string | null;
  blocks: string | null;
  state: string;
}
export interface Finding {
  itemRef: string | null;
  severity: 'must' | 'should';
  text: string;
}

export interface DecisionView {
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
  basis: 'current' | 'stale' | 'revoked' | 'consumed';
  subjectVersion: number;
  subjectHash: string;
  evidence: { type: string; id: string; ref: string | null; hash: string }[];
  selfChecked: boolean;
  occurredAt: string;
}

export interface Attestation {
  id: string;
  gate: string | null;
  title: string;
  statement: string;
  failed: boolean;
  hash: string;
  role: string;
  attestedBy: string;
  at: string;
  expiresAt: string | null;
}

export interface RecordRead {
  record: RecordView;
  moves: MoveView[];
  /** Gates open as the record stands; `mine` where I may decide and have not yet. */
  gates: { gate: string; waits: boolean; mine: boolean }[];
  links: LinkView[];
  checklist: ItemView[];
  names: Names;
  decisions: DecisionView[];
  conditions: Condition[];
  evidence: Attestation[];
  canEdit: boolean;
  editRefusals: Refusal[];
  /** Fields that a move alters rather than an edit, by the move's name. */
  alteredBy: Readonly<Record<string, string>>;
}

export interface ListReply {
  items: RecordView[];
  nextCursor: string | null;
  names: Names;
}

export interface Me {
  person: { id: string; name: string };
  provider: { id: string; name: string; kind: string; example: boolean; now: string };
  grants: { role: string; side: string; customer: string | null; onBehalfOf: string | null }[];
  /** Types of records that may be made. */
  creates: string[];
}

export interface JournalEntry {
  seq: number;
  occurredAt: string;
  recordedAt: string;
  actor: string | null;
  onBehalfOf: string | null;
  channel: string;
  kind: string;
  move: string | null;
  from: string | null;
  to: string | null;
  version: number;
  edits: FieldValues | null;
  reasonCode: string | null;
  reason: string | null;
  hash: string;
}

export interface JournalReply {
  items: JournalEntry[];
  nextCursor: string | null;
  names: Names;
}

export interface ThreadNode {
  header: Header;
  depth: number;
  measured?: { value: number; unit: string; at: string };
}
export interface ThreadEdge {
  id: string;
  from: string;
  to: string;
  type: string;
  label: string;
  state: 'asserted' | 'suspect' | 'broken';
  at: string;
}
/** `weakest` is an edge's id; `complete` is false where the thread is longer than one answer. */
export interface Thread {
  nodes: ThreadNode[];
  edges: ThreadEdge[];
  weakest: string | null;
  complete: boolean;
}

/** A decision on a record of a lineage. */
export interface LineageDecision
  extends Pick<
    DecisionView,
    | 'id'
    | 'gate'
    | 'outcome'
    | 'variant'
    | 'side'
    | 'role'
    | 'decidedBy'
    | 'onBehalfOf'
    | 'customer'
    | 'reason'
    | 'occurredAt'
  > {
  ended: 'consumed' | 'revoked' | null;
  editedSince: boolean;
  subject: Header;
}

export interface WaitingDecision {
  gate: string;
  gateLabel: string;
  question: string;
  side: 'B' | 'P';
  subject: Header;
  since: string;
  costPerDay: Money | null;
  mine: boolean;
}
export interface WaitingReply {
  items: WaitingDecision[];
  nextCursor: string | null;
  names: Names;
}

export interface EvidencePiece {
  type: string;
  ref?: string | null;
  id?: string;
  title: string;
  kind: 'measured' | 'attested' | 'missing' | 'failed' | 'expired';
  hash: string | null;
  at: string | null;
  from: string | null;
}
export interface PolicyResult {
  id: string;
  title: string;
  rule: string;
  effect: string;
  verdict: string;
  sentence: string;
}

export interface GateView {
  gate: string;
  label: string;
  question: string;
  side: 'B' | 'P';
  roles: string[];
  subject: Header;
  subjectHash: string;
  open: boolean;
  preconditions: { rule: string; sentence: string; met: boolean; refusals: Refusal[] }[];
  /** What the gate wants to see, by title. */
  expectedEvidence: string[];
  evidence: EvidencePiece[];
  evidenceHash: string;
  policies: PolicyResult[];
  deciders: { person: string; role: string; mayDecide: boolean; why: string | null }[];
  mayDecide: { allowed: boolean; refusals: Refusal[] };
  closedBecause: Refusal[];
  outcomes: {
    outcome: DecisionOutcome;
    variant: string | null;
    label: string;
    to: string | null;
    needsFindings: boolean;
  }[];
  decisions: DecisionView[];
  waitingSince: string | null;
  costPerDay: Money | null;
  names: Names;
}
