// What a lifecycle declares about a gate. Pure.
import type { Lifecycle, Move, Separation } from '../lifecycle/lifecycle.ts';
import type { Gate } from '../lifecycle/gate.ts';

export interface DeclaredGate {
  /** The moves that the gate's decision makes, by name. */
  moves: Record<string, Move>;
  /** It may be decided in this state. */
  inState: boolean;
  /** It may be approved in this state. */
  isOpen: boolean;
  /** The rules that must hold before an approval. */
  rules: readonly string[];
  separation: readonly Separation[];
}

/** What a lifecycle declares about a gate for a record in a state: moves it makes, or a decision that stands beside it. */
export function declaredAt(
  lifecycle: Lifecycle,
  { code, separation = [] }: Pick<Gate, 'code' | 'separation'>,
  state: string,
): DeclaredGate {
  const moves = Object.fromEntries(Object.entries(lifecycle.moves).filter(([, each]) => each.gate === code));
  const standing = lifecycle.stands?.[code];
  const approvals = Object.values(moves).filter(({ on }) => on === 'approve');
  const approving = approvals.find(({ from }) => from.includes(state)) ?? approvals[0];
  return {
    moves,
    // Where an approval may be withdrawn, nothing is asked.
    inState:
      Object.values(moves).some(({ on, from }) => on !== 'withdraw' && from.includes(state)) ||
      (standing?.in.includes(state) ?? false),
    isOpen: approvals.some(({ from }) => from.includes(state)) || (standing?.in.includes(state) ?? false),
    rules: [...(approving?.rules ?? []), ...(standing?.rules ?? [])],
    separation: [...separation, ...(approving?.separation ?? []), ...(standing?.separation ?? [])],
  };
}

/** Whether decisions at a gate are about records of this lifecycle at all. */
export const isDecidedAt = (lifecycle: Lifecycle, code: string): boolean =>
  lifecycle.stands?.[code] !== undefined || Object.values(lifecycle.moves).some(({ gate }) => gate === code);

/** Whether records of this lifecycle are decided on at any gate. */
export const isDecided = (lifecycle: Lifecycle): boolean =>
  lifecycle.stands !== undefined || Object.values(lifecycle.moves).some(({ gate }) => gate !== undefined);

/** The moves that an outcome of a decision leads to from a state, by name. */
export const movesOn = (moves: Readonly<Record<string, Move>>, state: string, on: Move['on']): string[] =>
  Object.entries(moves)
    .filter(([, each]) => each.on === on && each.from.includes(state))
    .map(([name]) => name);
