// Which of the moves open now leads on, judged by the lifecycle's data alone.
import type { Lifecycle, State } from '../../lifecycle/lifecycle.ts';
import type { MoveView } from '../contract.ts';

/** A move that ends badly, ends without having succeeded, or sends work back: never the page's main button. */
export function givesUp({ states, moves }: Lifecycle, { name, to, primary }: MoveView): boolean {
  const target: State | undefined = states[to];
  const isBack = moves[name]?.back === true && !primary;
  return isBack || target?.tone === 'bad' || (target?.final === true && target.tone !== 'good');
}

/** The moves in the order of their buttons: what leads on first, what gives up last. */
export function inOrder(lifecycle: Lifecycle, moves: readonly MoveView[]): MoveView[] {
  const rank = (move: MoveView) => (givesUp(lifecycle, move) ? 2 : move.primary ? 0 : 1);
  return moves.toSorted((one, other) => rank(one) - rank(other));
}

/** The one move to be offered as the page's main button, if there is one: what stays in its state leads nowhere by itself. */
export function leading(lifecycle: Lifecycle, moves: readonly MoveView[]): MoveView | undefined {
  const onward = moves.filter((move) => !givesUp(lifecycle, move));
  const away = onward.filter(({ name }) => lifecycle.moves[name]?.to !== 'same');
  return onward.find((move) => move.primary) ?? (away.length === 1 ? away[0] : undefined);
}
