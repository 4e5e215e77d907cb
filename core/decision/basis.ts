// Decisions in force whose basis changed: who made them is asked again (model R13). Pure.
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { Gate } from '../lifecycle/gate.ts';
import { declaredAt } from './declared.ts';
import { isApproval } from './standing.ts';
import type { StandingDecision } from './standing.ts';

/** Of each gate and customer the newest vote, where it approves and nothing ended it. */
function inForce(decisions: readonly StandingDecision[]): StandingDecision[] {
  const newest = new Map<string, StandingDecision>();
  for (const each of decisions)
    if (each.outcome !== 'defer' && each.outcome !== 'withdraw') newest.set(`${each.gate} ${each.customer}`, each);
  return [...newest.values()].filter((each) => isApproval(each) && each.ended === null);
}

/**
 * Those that read otherwise than they were made on, whose evidence ran out, that other policies bind now, or a condition of which
 * lapsed. Where the record is worked over, or waits at that gate again, it will be
 * decided anew by its own way: nobody is asked besides.
 */
export function basisChanged(
  lifecycle: Lifecycle,
  gates: ReadonlyMap<string, Gate>,
  state: string,
  decisions: readonly StandingDecision[],
): StandingDecision[] {
  const { editable, final } = lifecycle.states[state] ?? {};
  if (editable || final) return [];
  return inForce(decisions).filter(({ basis, lapsed, rebound, ranOut, gate: code }) => {
    const gate = gates.get(code);
    return (
      (basis === 'stale' || lapsed || rebound || ranOut.length > 0) &&
      gate !== undefined &&
      !declaredAt(lifecycle, gate, state).inState
    );
  });
}

/** How a decision is called that was asked for again, and stands as it reads now. */
export const stands = 'stands';
/** How a deferral is called that asks for the gate to be brought again. */
export const askAgain = 'ask-again';
