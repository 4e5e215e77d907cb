import type { Lifecycle, State } from './lifecycle.ts';

/** Ways out (withdrawn, cancelled) are no step on the way: they show only once taken. */
const isWayOut = (state: State | undefined): boolean =>
  state?.final === true && (state.tone === 'unknown' || state.tone === 'bad');

/** A place where work is held or refused: it is shown only while the record is there, unless it is the main way itself. */
const isAside = (state: State | undefined): boolean => isWayOut(state) || state?.tone === 'attention';

function nextOf({ states, moves }: Lifecycle, way: readonly string[]): string | undefined {
  const here = way.at(-1) ?? '';
  const onward = Object.values(moves).filter(
    ({ from, to, back }) => from.includes(here) && !back && to !== 'same' && !way.includes(to),
  );
  return (onward.find(({ primary }) => primary) ?? onward.find(({ to }) => !isAside(states[to])))?.to;
}

function wayFrom(lifecycle: Lifecycle, birth: string): string[] {
  const way = [birth];
  for (let next = nextOf(lifecycle, way); next !== undefined; next = nextOf(lifecycle, way)) way.push(next);
  return way;
}

/**
 * The states from birth to the good end as they usually follow each other: primary moves first, no ways back, aside or out.
 * A present state beside the way stands after the last step that leads to it.
 * @example wayOf(incidentLifecycle, 'pending') // ['new', 'assigned', 'in_progress', 'pending', 'resolved', 'closed']
 */
export function wayOf(lifecycle: Lifecycle, present: string): string[] {
  const ways = [...(lifecycle.bornIn ?? []), lifecycle.initial].map((state) => wayFrom(lifecycle, state));
  const way = ways.find((each) => each.includes(present)) ?? ways.at(-1) ?? [];
  if (way.includes(present) || !(present in lifecycle.states)) return way;
  const leading = Object.values(lifecycle.moves)
    .filter(({ to }) => to === present)
    .flatMap(({ from }) => from.map((state) => way.indexOf(state)));
  const after = Math.max(-1, ...leading) + 1 || way.length;
  // What ends the record beside the way ends the picture too.
  const rest = lifecycle.states[present]?.final ? [] : way.slice(after);
  return [...way.slice(0, after), present, ...rest];
}
