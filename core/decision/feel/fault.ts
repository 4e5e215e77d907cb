import type { Refusal } from '../../refusal/refusal.ts';

/** A refusal with its place in the rule's text: half-open, in UTF-16 units. */
export interface RuleFault extends Refusal {
  from: number;
  to: number;
}
