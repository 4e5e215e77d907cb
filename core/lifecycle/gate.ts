// A gate: a move (or a standing) that needs a decision of a named side. The catalogue is data of the layers above.
import type { Separation } from './lifecycle.ts';
import type { Profile } from './profile.ts';
import type { Role } from '../permission/role.ts';

export interface Gate {
  code: string;
  label: string;
  /** One sentence, as the decider reads it. */
  question: string;
  side: 'B' | 'P';
  roles: readonly Role[];
  /**
   * How many must approve: one person of the side; one for every customer of the subject; its customers by the rule that they
   * agreed on, every one where they did not; or two people of the side.
   */
  quorum: 'one' | 'every_customer' | 'as_agreed' | 'two_people';
  /** A customer that does not want it may opt out: nothing of it begins for that customer, and the others go on without it. */
  leaves?: true;
  /** The decision commits money: the decider's limit must cover it. */
  money?: true;
  /** Who may not decide, because of what they did to this subject. */
  separation?: readonly Separation[];
  /** Who decides, on the provider's own side, where the subject is of no customer: no business could. */
  internally?: { roles: readonly Role[] };
  /** What it wants to see. */
  evidence: readonly EvidenceKind[];
  /** Who else may state something here: it is read, and closes nothing. */
  informs?: readonly Role[];
}

/** A kind of evidence, by its title: a statement is of the kind that it is titled as, and the title is part of what is hashed. */
export interface EvidenceKind {
  title: string;
  /** Whose word on it counts. */
  roles: readonly Role[];
  /** The lightest profile under which the gate stays closed without it. */
  from: Profile;
}

/** Titles that say the same thing, however they are written. */
export const titleKey = (title: string): string => title.trim().toLowerCase();

export const kindTitled = ({ evidence }: Pick<Gate, 'evidence'>, title: string): EvidenceKind | undefined =>
  evidence.find((kind) => titleKey(kind.title) === titleKey(title));

type Asking = Pick<Gate, 'roles' | 'evidence' | 'informs'>;

/** Whose statement under that title can close the gate: of a kind its own roles, of anything else whoever is asked for anything. */
const closingRoles = (gate: Asking, title: string): readonly Role[] =>
  kindTitled(gate, title)?.roles ?? [...new Set([...gate.roles, ...gate.evidence.flatMap(({ roles }) => roles)])];

export const canClose = (gate: Asking, { title, role }: { title: string; role: Role }): boolean =>
  closingRoles(gate, title).includes(role);

/** Whose statement under that title is taken at all. */
export const statingRoles = (gate: Asking, title: string): readonly Role[] =>
  kindTitled(gate, title)?.roles ?? [...closingRoles(gate, title), ...(gate.informs ?? [])];

/** The gate as it stands for a subject of those customers. */
export function gateFor(gate: Gate, customers: readonly string[]): Gate {
  if (!gate.internally || customers.length) return gate;
  return { ...gate, side: 'P', roles: gate.internally.roles, quorum: 'one' };
}

/** Whether each customer has a word of its own there. */
export const isOfCustomers = ({ quorum }: Pick<Gate, 'quorum'>): boolean =>
  quorum === 'every_customer' || quorum === 'as_agreed';

export type DecisionOutcome = 'approve' | 'approve_with_conditions' | 'reject' | 'defer' | 'withdraw' | 'opt_out';
