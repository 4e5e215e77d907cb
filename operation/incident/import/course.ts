// The clocks of an observed incident: its steps, as far as the source tells them, by the verbs that live clocks know. Pure.
import type { AgreementInForce } from '../../../handover/facts/agreement-in-force.ts';
import type { Priority } from '../../../handover/facts/agreement-in-force.ts';
import { cancelled, clockDefinitions, paused, reopened, resumed, startedClock, stopped } from '../clock.ts';
import type { IncidentClock } from '../clock.ts';

/** A state as the source tells it; also the same state again, when what it waits for is another. */
export interface ObservedState {
  state: string;
  pendingReason: string | null;
  /** ISO instant. */
  at: string;
  /** Of a state in which it is restored: when service was; null where the source does not know. */
  restoredAt: string | null;
}

/** When an incident was restored for good; `null` minutes where the source does not say when. */
export interface Restoration {
  /** The last moment by which it was: null while it is not. */
  at: string | null;
  isKnown: boolean;
}

const restored = ['resolved', 'closed'];
export const isRestored = (state: string | undefined): boolean => state !== undefined && restored.includes(state);

/** The stretches in which it was restored, each with the state that began it and the time it was reopened at, if it was. */
function restorations(states: readonly ObservedState[]): { first: ObservedState; reopenedAt: string | null }[] {
  const found: { first: ObservedState; reopenedAt: string | null }[] = [];
  for (const [index, each] of states.entries()) {
    const [wasRestored, isNow] = [isRestored(states[index - 1]?.state), isRestored(each.state)];
    if (isNow && !wasRestored) found.push({ first: each, reopenedAt: null });
    const last = found.at(-1);
    if (!isNow && wasRestored && last) last.reopenedAt = each.at;
  }
  return found;
}

/** Some sources repeat the last restoration on every row: a time outside its own stretch is not of this one. */
function restoredWithin(
  { first, reopenedAt }: { first: ObservedState; reopenedAt: string | null },
  since: string,
): string | null {
  const { restoredAt, at } = first;
  if (restoredAt === null) return null;
  if (restoredAt < since || (reopenedAt !== null && restoredAt > reopenedAt)) return at;
  return restoredAt;
}

/** When it was restored for good, by the source. A time before it was opened is none. */
export function restorationOf(states: readonly ObservedState[], openedAt: string): Restoration {
  if (!isRestored(states.at(-1)?.state)) return { at: null, isKnown: false };
  const all = restorations(states);
  const [last, before] = [all.at(-1), all.at(-2)];
  if (!last) return { at: null, isKnown: false };
  const told = restoredWithin(last, before?.reopenedAt ?? '');
  const isKnown = told !== null && told >= openedAt;
  return { at: isKnown ? told : last.first.at, isKnown };
}

export const reopeningsOf = (states: readonly ObservedState[]): number =>
  restorations(states).filter(({ reopenedAt }) => reopenedAt !== null).length;

export interface Observed {
  openedAt: string;
  priority: string | null;
  states: readonly ObservedState[];
  agreement: AgreementInForce | null;
  newId: () => string;
}

/**
 * The clocks as they stand after the last step. Without an agreement or a priority there are none; where the source does not know
 * when service was restored, the clock of that is missing, for what it measured is not known.
 */
export function clocksOfCourse({ openedAt, priority, states, agreement, newId }: Observed): IncidentClock[] {
  if (!agreement || priority === null) return [];
  const { agreementId, version, definition } = agreement;
  let clocks = clockDefinitions(definition, priority as Priority) // a word that is none has no targets
    .map(
      (each): IncidentClock => ({
        id: newId(),
        kind: each.kind,
        agreementId,
        agreementVersion: version,
        calendar: definition.calendar,
        stopwatch: startedClock(each.definition, Date.parse(openedAt)),
        touched: true,
      }),
    );
  const ends = new Map(
    restorations(states).map((each, index, all) => [
      each.first,
      restoredWithin(each, all[index - 1]?.reopenedAt ?? ''),
    ]),
  );
  let before: ObservedState | undefined;
  let latest = -Infinity;
  for (const each of states) {
    // The source's own order counts, also where its clock went back.
    latest = Math.max(latest, Date.parse(each.at));
    clocks = afterStep(clocks, { each, before, at: latest, restoredAt: ends.get(each), newId });
    before = each;
  }
  const { at, isKnown } = restorationOf(states, openedAt);
  return at !== null && !isKnown ? clocks.filter(({ kind }) => kind !== 'restore') : clocks;
}

interface Step {
  each: ObservedState;
  before: ObservedState | undefined;
  at: number;
  restoredAt: string | null | undefined;
  newId: () => string;
}

function afterStep(clocks: IncidentClock[], { each, before, at, restoredAt, newId }: Step): IncidentClock[] {
  const { state, pendingReason } = each;
  if (state === 'cancelled') return clocks.map((clock) => cancelled(clock, at, 'incident cancelled'));
  if (isRestored(state)) {
    if (isRestored(before?.state)) return clocks;
    const end = restoredAt ? Date.parse(restoredAt) : at;
    return clocks.map((clock) => stopped(resumed(clock, at), clock.kind === 'restore' ? end : at));
  }
  const running = isRestored(before?.state)
    ? clocks.flatMap((clock, index) =>
        clocks.slice(index + 1).some(({ kind }) => kind === clock.kind) ? [clock] : reopened(clock, at, newId),
      )
    : clocks.map((clock) => resumed(clock, at));
  if (state === 'pending') return running.map((clock) => answered(paused(clock, at, pendingReason ?? 'not told'), at));
  return state === 'in_progress' ? running.map((clock) => answered(clock, at)) : running;
}

/** Whoever works on it, or asks back, has answered. */
const answered = (clock: IncidentClock, at: number): IncidentClock =>
  clock.kind === 'response' ? stopped(clock, at) : clock;
