// A gate: a move (or a standing) that needs a decision of a named side. The catalogue is data of the layers above.
import type { Separation } from './lifecycle.ts';
import type { Role } from '../permission/role.ts';

export interface Gate {
  code: string;
  label: string;
  /** One sentence, as the decider reads it. */
  question: string;
  side: 'B' | 'P';
  roles: readonly Role[];
  /** How many must approve: one person of the side, or one for every customer of the subject. */
  quorum: 'one' | 'every_customer';
  /** The decision commits money: the decider's limit must cover it. */
  money?: true;
  /** Who may not decide, because of what they did to this subject. */
  separation?: readonly Separation[];
  /** Who decides, on the provider's own side, where the subject is of no customer: no business could. */
  internally?: { roles: readonly Role[] };
  /** What must be attested or measured before it opens, in words. */
  evidence: readonly string[];
}

/** The gate as it stands for a subject of those customers. */
export function gateFor(gate: Gate, customers: readonly string[]): Gate {
  if (!gate.internally || customers.length) return gate;
  return { ...gate, side: 'P', roles: gate.internally.roles, quorum: 'one' };
}

export type DecisionOutcome = 'approve' | 'approve_with_conditions' | 'reject' | 'defer' | 'withdraw';
