import { leadsTo } from './lifecycle.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Whether moves that people make, or decide at a gate, lead from a state to one in which fields may be edited. */
export function leadsToEdit({ states, moves }: Lifecycle, state: string): boolean {
  const reached = new Set([state]);
  // A set goes on with what is added to it on the way.
  for (const from of reached)
    for (const move of Object.values(moves))
      if (move.from.includes(from) && move.who.some((role) => role !== 'system')) reached.add(leadsTo(move, from));
  reached.delete(state);
  return [...reached].some((each) => states[each]?.editable === true);
}
