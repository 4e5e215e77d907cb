// Who of several customers has decided, who is awaited, and by which rule: as its reader may know it.
import { facetsOf } from '../permission/facet.ts';
import type { Principal } from '../permission/principal.ts';
import { isOfCustomers } from '../lifecycle/gate.ts';
import type { GateContext } from './context.ts';
import { ruleFor, voteOf } from './together.ts';
import type { Terms, Vote } from './together.ts';

export interface ShownTogether {
  rule: Terms['rule'];
  /** Null where another customer's is not told. */
  lead: string | null;
  percent: number | null;
  /** Of another organisation a customer's reader learns whether it has decided: not who it is, nor what it said. */
  customers: { customer: string | null; vote: Vote | 'decided'; weight: number | null }[];
}

export function shownTogether(
  { gate, subject, decisions, together }: Pick<GateContext, 'gate' | 'subject' | 'decisions' | 'together'>,
  principal: Principal,
): ShownTogether | null {
  if (!isOfCustomers(gate) || subject.customers.length < 2) return null;
  const own = facetsOf(principal);
  const knows = (customer: string | null) => own === null || (customer !== null && own.includes(customer));
  const weights = new Map(together.weights.map(({ customer, weight }) => [customer, weight]));
  const rule = ruleFor(gate, together, subject.customers);
  return {
    rule,
    lead: rule === 'lead' && knows(together.lead) ? together.lead : null,
    percent: rule === 'weighted' ? together.percent : null,
    customers: subject.customers.map((customer) => {
      const vote = voteOf(decisions, gate.code, customer, together);
      const weight = rule === 'weighted' ? (weights.get(customer) ?? 0) : null;
      if (knows(customer)) return { customer, vote, weight };
      return { customer: null, vote: vote === 'awaited' ? 'awaited' : 'decided', weight };
    }),
  };
}
