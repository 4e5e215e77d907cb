// How gates are written down.
import type { EvidenceKind, Gate } from '../core/lifecycle/gate.ts';
import type { Separation } from '../core/lifecycle/lifecycle.ts';
import type { Profile } from '../core/lifecycle/profile.ts';
import type { Role } from '../core/permission/role.ts';

/** A gate that one person of the side decides, if nothing else is said. */
export const gate = (
  code: string,
  side: 'B' | 'P',
  label: string,
  question: string,
  roles: readonly Role[],
  evidence: readonly EvidenceKind[],
  more: Partial<Gate> = {},
): Gate => ({ code, side, label, question, roles, evidence, quorum: 'one', ...more });

/** What a gate wants to see, whose word on it counts, and from which profile on it stays closed without it. */
const asks =
  (from: Profile) =>
  (title: string, ...roles: Role[]): EvidenceKind => ({ title, roles, from });
export const light = asks('light');
export const standard = asks('standard');
export const regulated = asks('regulated');

/** Who advises on a change: whom it concerns, on either side. */
export const advisers: readonly Role[] = [
  'BEX',
  'BOW',
  'CUS',
  'SOW',
  'OPS',
  'SEC',
  'DAU',
  'RDM',
  'TRM',
  'TSM',
  'SLM',
  'CFM',
];
/** Each customer for itself: what is agreed with it, and what it bears. */
export const everyCustomer = { quorum: 'every_customer' } as const;
/** What follows from what they agreed, by the rule that they agreed on with it. */
export const asAgreed = { quorum: 'as_agreed' } as const;
/** Before it is there, a customer may leave it to the others. */
export const leaves = { leaves: true } as const;

/** Whoever raised a change decides nothing of it. */
export const notRaiser = (sentence: string): readonly Separation[] => [
  { id: 'SD1', sentence, notActorOf: ['create', 'submit'] },
];
