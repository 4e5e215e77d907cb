// How several customers decide together on what cannot be divided among them (model GR3). Pure.
import { compare, multiply, rational, sum } from '../money/rational.ts';
import type { Gate } from '../lifecycle/gate.ts';
import type { StandingDecision } from './standing.ts';

/** By which rule they decide: what each of them agreed to, with all else that was promised. */
export interface Terms {
  rule: 'each' | 'lead' | 'weighted';
  /** Whose word is everybody's, under `lead`. */
  lead: string | null;
  /** How much of all that is committed has to approve, in per cent, under `weighted`. */
  percent: number | null;
  weights: readonly { customer: string; weight: number }[];
}

export interface Together extends Terms {
  /** Those who opted out of it, by decisions of their own: they are asked nothing, and bound to nothing. */
  optedOut: readonly string[];
}

/** Nothing else was agreed: every customer decides. */
export const eachDecides: Together = { rule: 'each', lead: null, percent: null, weights: [], optedOut: [] };

/** The customers whom it is to bind. */
export const boundBy = (customers: readonly string[], { optedOut }: Pick<Together, 'optedOut'>): string[] =>
  customers.filter((each) => !optedOut.includes(each));

/** The rule that holds for those who are left: without the lead, or where nobody committed anything, each decides. */
export function ruleFor(
  { quorum }: Pick<Gate, 'quorum'>,
  together: Together,
  customers: readonly string[],
): Terms['rule'] {
  const bound = boundBy(customers, together);
  if (quorum !== 'as_agreed') return 'each';
  if (together.rule === 'lead' && !bound.includes(together.lead ?? '')) return 'each';
  if (together.rule === 'weighted' && compare(weightOf(together, bound), rational(0)) <= 0) return 'each';
  return together.rule;
}

const weightOf = ({ weights }: Terms, of: readonly string[]) =>
  sum(weights.filter(({ customer }) => of.includes(customer)).map(({ weight }) => rational(weight)));

/** Whether as many of them say so as the rule asks for. Whoever says nothing says not yes. */
export function isCarried(
  gate: Pick<Gate, 'quorum'>,
  together: Together,
  customers: readonly string[],
  says: (customer: string) => boolean,
): boolean {
  const bound = boundBy(customers, together);
  if (bound.length === 0) return false;
  const rule = ruleFor(gate, together, bound);
  if (rule === 'each') return bound.every(says);
  if (rule === 'lead') return says(together.lead ?? '');
  const needed = multiply(weightOf(together, bound), rational(together.percent ?? 100));
  return compare(multiply(weightOf(together, bound.filter(says)), rational(100)), needed) >= 0;
}

/** Whether, once those have refused, it cannot be carried any more. */
export const isLost = (
  gate: Pick<Gate, 'quorum'>,
  together: Together,
  customers: readonly string[],
  refuses: (customer: string) => boolean,
): boolean => !isCarried(gate, together, customers, (customer) => !refuses(customer));

export type Vote = 'approved' | 'refused' | 'opted_out' | 'awaited';

/** What a customer's newest word at a gate is, on exactly what stands there. */
export function voteOf(
  decisions: readonly StandingDecision[],
  gate: string,
  customer: string,
  { optedOut }: Pick<Together, 'optedOut'>,
): Vote {
  if (optedOut.includes(customer)) return 'opted_out';
  const newest = decisions.findLast(
    (each) =>
      each.gate === gate && each.customer === customer && each.outcome !== 'defer' && each.outcome !== 'withdraw',
  );
  if (newest?.basis !== 'current') return 'awaited';
  if (newest.outcome === 'reject') return 'refused';
  return newest.outcome.startsWith('approve') ? 'approved' : 'awaited';
}
