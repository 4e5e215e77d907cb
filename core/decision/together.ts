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
  /** Who agreed to it. */
  customers: readonly string[];
}

export interface Together extends Terms {
  /** Those who opted out of it, by decisions of their own: they are asked nothing, and bound to nothing. */
  optedOut: readonly string[];
}

/** Nothing else was agreed: every customer decides. */
export const eachDecides: Together = {
  rule: 'each',
  lead: null,
  percent: null,
  weights: [],
  customers: [],
  optedOut: [],
};

/** The customers whom it is to bind. */
export const boundBy = (customers: readonly string[], { optedOut }: Pick<Together, 'optedOut'>): string[] =>
  customers.filter((each) => !optedOut.includes(each));

/**
 * The rule that holds for those who are left: without the lead, where they hold less than the share that has to approve, or with
 * somebody among them who never agreed to it, each decides.
 */
export function ruleFor(
  { quorum }: Pick<Gate, 'quorum'>,
  together: Together,
  customers: readonly string[],
): Terms['rule'] {
  const bound = boundBy(customers, together);
  if (quorum !== 'as_agreed') return 'each';
  if (!bound.every((each) => together.customers.includes(each))) return 'each';
  if (together.rule === 'lead' && !bound.includes(together.lead ?? '')) return 'each';
  if (together.rule === 'weighted' && !isEnough(together, bound)) return 'each';
  return together.rule;
}

/** Whether they hold as much of all that was committed, also by who opted out since, as has to approve. */
function isEnough({ weights, percent }: Terms, of: readonly string[]): boolean {
  const held = (by: Terms['weights']) => sum(by.map(({ weight }) => rational(weight)));
  const all = held(weights);
  if (compare(all, rational(0)) <= 0) return false;
  const theirs = held(weights.filter(({ customer }) => of.includes(customer)));
  return compare(multiply(theirs, rational(100)), multiply(all, rational(percent ?? 100))) >= 0;
}

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
  return isEnough(together, bound.filter(says));
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
