// The clocks of a record whose course is told: by a source, or by its own journal. Its steps, by the verbs that live clocks know. Pure.
import type { Terms } from '../../clock/terms.ts';
import type { Lifecycle } from '../../lifecycle/lifecycle.ts';
import { cancelled, paused, reopened, resumed, startedClock, stopped } from './clock.ts';
import type { Kinds, RecordClock } from './clock.ts';
import type { ObservedState } from '../../record/define/observing.ts';

/** When what the clocks measure was reached for good; not known where the source does not say when. */
export interface Reached {
  /** The last moment by which it was: null while it is not. */
  at: string | null;
  isKnown: boolean;
}

/** Whether clocks stand still in a state because what they measure was reached. */
export const isReached = ({ states }: Lifecycle, state: string | undefined): boolean =>
  state !== undefined && state in states && states[state]?.clocks === undefined;

interface Stretch {
  first: ObservedState;
  reopenedAt: string | null;
}

/** The stretches in which it was reached, each with the state that began it and the time it was reopened at, if it was. */
function stretches(lifecycle: Lifecycle, states: readonly ObservedState[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [index, each] of states.entries()) {
    const [was, isNow] = [isReached(lifecycle, states[index - 1]?.state), isReached(lifecycle, each.state)];
    if (isNow && !was) found.push({ first: each, reopenedAt: null });
    const last = found.at(-1);
    if (!isNow && was && last) last.reopenedAt = each.at;
  }
  return found;
}

/** Some sources repeat the last instant on every row: one outside its own stretch is not of this one. */
function reachedWithin({ first, reopenedAt }: Stretch, since: string): string | null {
  const { stoppedAt, at } = first;
  if (stoppedAt === null) return null;
  if (stoppedAt < since || (reopenedAt !== null && stoppedAt > reopenedAt)) return at;
  return stoppedAt;
}

/** When it was reached for good, by the source. A time before it was opened is none. */
export function reachedAt(lifecycle: Lifecycle, states: readonly ObservedState[], openedAt: string): Reached {
  if (!isReached(lifecycle, states.at(-1)?.state)) return { at: null, isKnown: false };
  const all = stretches(lifecycle, states);
  const [last, before] = [all.at(-1), all.at(-2)];
  if (!last) return { at: null, isKnown: false };
  const told = reachedWithin(last, before?.reopenedAt ?? '');
  const isKnown = told !== null && told >= openedAt;
  return { at: isKnown ? told : last.first.at, isKnown };
}

export const reopeningsOf = (lifecycle: Lifecycle, states: readonly ObservedState[]): number =>
  stretches(lifecycle, states).filter(({ reopenedAt }) => reopenedAt !== null).length;

export interface Observed {
  lifecycle: Lifecycle;
  kinds: Kinds;
  openedAt: string;
  states: readonly ObservedState[];
  /** Nothing to measure by: no clock. */
  terms: Terms | null;
  newId: () => string;
  whenCancelled: string;
}

/**
 * The clocks as they stand after the last step. Where the source does not know when what a clock measures was reached, that
 * clock is missing, for what it measured is not known.
 */
export function clocksOfCourse(observed: Observed): RecordClock[] {
  const { lifecycle, openedAt, states, terms, newId } = observed;
  if (!terms) return [];
  let clocks = terms.targets.map(
    ({ kind, definition }): RecordClock => ({
      id: newId(),
      kind,
      termsId: terms.id,
      termsVersion: terms.version,
      calendar: terms.calendar,
      stopwatch: startedClock(definition, Date.parse(openedAt)),
      touched: true,
    }),
  );
  const ends = new Map(
    stretches(lifecycle, states).map((each, index, all) => [
      each.first,
      reachedWithin(each, all[index - 1]?.reopenedAt ?? ''),
    ]),
  );
  let before: ObservedState | undefined;
  let latest = -Infinity;
  for (const each of states) {
    // The source's own order counts, also where its clock went back.
    latest = Math.max(latest, Date.parse(each.at));
    clocks = afterStep(clocks, observed, { each, before, at: latest, stoppedAt: ends.get(each) });
    before = each;
  }
  const { at, isKnown } = reachedAt(lifecycle, states, openedAt);
  return at !== null && !isKnown ? clocks.filter(({ kind }) => !isToldApart(lifecycle, kind)) : clocks;
}

/** Whether a kind of clock stops at an instant of its own, which may lie before the state in which it stands still. */
const isToldApart = ({ clocks }: Lifecycle, kind: string): boolean => kind in (clocks?.stoppedAt ?? {});

interface Step {
  each: ObservedState;
  before: ObservedState | undefined;
  at: number;
  stoppedAt: string | null | undefined;
}

function afterStep(
  clocks: RecordClock[],
  { lifecycle, kinds, newId, whenCancelled }: Observed,
  { each, before, at, stoppedAt }: Step,
): RecordClock[] {
  const { state, pausedFor } = each;
  const does = lifecycle.states[state]?.clocks;
  if (does === 'cancel') return clocks.map((clock) => cancelled(clock, at, whenCancelled));
  if (isReached(lifecycle, state)) {
    if (isReached(lifecycle, before?.state)) return clocks;
    const end = stoppedAt ? Date.parse(stoppedAt) : at;
    return clocks.map((clock) => stopped(resumed(clock, at), isToldApart(lifecycle, clock.kind) ? end : at));
  }
  const running = isReached(lifecycle, before?.state)
    ? clocks.flatMap((clock, index) =>
        clocks.slice(index + 1).some(({ kind }) => kind === clock.kind) ? [clock] : reopened(clock, kinds, at, newId),
      )
    : clocks.map((clock) => resumed(clock, at));
  const standing = does === 'pause' ? running.map((clock) => paused(clock, at, pausedFor ?? 'not told')) : running;
  // What is met once was met at the latest in a state that it comes before.
  return standing.map((clock) => (kinds[clock.kind]?.once?.in.includes(state) ? stopped(clock, at) : clock));
}
