// A clock that measures open time against a target. It is a value: every verb returns a new one, and what it shows at
// an instant is computed from its history, so that a breach has its own instant whoever looks at it and whenever.

import { minuteMs } from './units.ts';
import type { Calendar } from './calendar.ts';
import { alwaysOpen, pinCalendar } from './calendar.ts';
import { due, elapsed } from './business-time.ts';
import type { Pause } from './business-time.ts';
import { explain } from './explain.ts';
import type { Segment } from './explain.ts';

/**
 * What happens to the time between a stop and the reopening: it does not count, it counts as if never stopped, or
 * the stopped clock keeps its result and a new one starts with the full target.
 */
export type ReopenPolicy = 'resume_excluding_gap' | 'resume_including_gap' | 'new_cycle';

export interface ClockDefinition {
  /** Open minutes, not negative. */
  readonly targetMinutes: number;
  /** The reasons that pause this clock; a pause for any other reason does not touch it. */
  readonly pauseReasons: readonly string[];
  readonly reopen: ReopenPolicy;
  /** Percentages of the target at which to warn, e.g. `[50, 80]`. */
  readonly warnAtPercent?: readonly number[];
}

/** `to: null` while it lasts. Instants are epoch milliseconds, here and everywhere below. */
export interface ReasonedPause extends Pause {
  readonly reason: string;
}

/** The time between a stop and the reopening after it. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Stopwatch {
  readonly definition: ClockDefinition;
  readonly startedAt: number | null;
  /** All pauses, also those for reasons that this clock does not count: another definition may. */
  readonly pauses: readonly ReasonedPause[];
  readonly gaps: readonly Gap[];
  readonly stoppedAt: number | null;
  readonly cancelled: { readonly at: number; readonly reason: string } | null;
  /** A breach once recorded: later facts leave it standing. */
  readonly recordedBreachAt: number | null;
}

/** `paused` may be breached as well: breach is an attribute beside the state, see `breachedAt`. */
export type ClockState =
  | 'not_started'
  | 'running'
  | 'paused'
  | 'met'
  | 'breached_running'
  | 'breached_stopped'
  | 'cancelled';

export interface Reading {
  state: ClockState;
  /** Open time while running. */
  elapsedBusinessMs: number;
  /** Time while running, open or not. */
  elapsedActualMs: number;
  /** A forecast while running; null before the start, while paused, after a cancellation, or when it can never come. */
  dueAt: number | null;
  /** The due instant, once it has passed without the clock being stopped. */
  breachedAt: number | null;
  /** Open time left of the target; negative when overrun. */
  remainingMs: number;
  warnings: { percent: number; at: number }[];
  /** The whole course from the start, for a screen. */
  inWords: Segment[];
}

const aroundTheClock = alwaysOpen('UTC');

/** A clock not yet started. */
export function newClock(definition: ClockDefinition): Stopwatch {
  return {
    definition,
    startedAt: null,
    pauses: [],
    gaps: [],
    stoppedAt: null,
    cancelled: null,
    recordedBreachAt: null,
  };
}

/** Starts the clock; one that has started keeps its start. */
export function start(clock: Stopwatch, at: number): Stopwatch {
  return clock.startedAt === null ? { ...clock, startedAt: at } : clock;
}

/** Notes a pause, whether or not this clock counts its reason. Pauses may overlap: their union is taken off. */
export function pause(clock: Stopwatch, at: number, reason: string): Stopwatch {
  return { ...clock, pauses: [...clock.pauses, { from: at, to: null, reason }] };
}

/** Ends every pause that lasts, or those of one reason. */
export function resume(clock: Stopwatch, at: number, reason?: string): Stopwatch {
  const ends = (each: ReasonedPause) => each.to === null && (reason === undefined || each.reason === reason);
  return { ...clock, pauses: clock.pauses.map((each) => (ends(each) ? { ...each, to: at } : each)) };
}

/** Stops the clock, which may be after the fact; one already stopped or cancelled keeps its end. */
export function stop(clock: Stopwatch, at: number): Stopwatch {
  return clock.stoppedAt === null && clock.cancelled === null ? { ...clock, stoppedAt: at } : clock;
}

/** Ends the clock without a result, unless it has breached by then: see `read`. */
export function cancel(clock: Stopwatch, at: number, reason: string): Stopwatch {
  return clock.cancelled === null && clock.stoppedAt === null ? { ...clock, cancelled: { at, reason } } : clock;
}

/** Keeps a breach that was announced, so that facts arriving later cannot make it unhappen. The first one stands. */
export function recordBreach(clock: Stopwatch, at: number): Stopwatch {
  return clock.recordedBreachAt === null ? { ...clock, recordedBreachAt: at } : clock;
}

/**
 * Reopens a stopped clock by its own policy. `next` is the clock that runs on; with `new_cycle` it is a new one and
 * `ended` the old with its result, otherwise `ended` is null. A clock that is not stopped runs on as it is.
 */
export function reopen(clock: Stopwatch, at: number): { ended: Stopwatch | null; next: Stopwatch } {
  if (clock.stoppedAt === null) return { ended: null, next: clock };
  const { reopen: policy } = clock.definition;
  if (policy === 'new_cycle') return { ended: clock, next: start(newClock(clock.definition), at) };
  const gap = { from: clock.stoppedAt, to: at };
  const gaps = policy === 'resume_excluding_gap' ? [...clock.gaps, gap] : clock.gaps;
  return { ended: null, next: { ...clock, stoppedAt: null, gaps } };
}

export interface Reprioritisation {
  readonly at: number;
  /** `misclassified`: it should have had the other target all along. `impact_changed`: it has it from now on. */
  readonly reason: 'misclassified' | 'impact_changed';
  readonly definition: ClockDefinition;
}

export interface Reprioritised {
  /** The replaced clock: cancelled, unless it had breached. */
  ended: Stopwatch;
  next: Stopwatch;
  /** The new clock was overdue the moment it was made; the breach occurred at its due instant, not now. */
  isBreachedOnCreation: boolean;
  /** The target grows although 80 % of the old one has elapsed: another person must approve. */
  needsApproval: boolean;
}

/** Replaces the clock of a case by one with another target. The clock must have started. */
export function reprioritise(
  clock: Stopwatch,
  calendar: Calendar,
  { at, reason, definition }: Reprioritisation,
): Reprioritised {
  if (clock.startedAt === null) throw new RangeError('a clock that has not started has nothing to replace');
  const { elapsedBusinessMs } = read(clock, calendar, at);
  const oldTargetMs = clock.definition.targetMinutes * minuteMs;
  const next =
    reason === 'misclassified' ? { ...clock, definition, recordedBreachAt: null } : restartedAt(clock, definition, at);
  return {
    ended: cancel(clock, at, 'replaced'),
    next,
    isBreachedOnCreation: read(next, calendar, at).breachedAt !== null,
    needsApproval: definition.targetMinutes * minuteMs > oldTargetMs && elapsedBusinessMs * 100 >= oldTargetMs * 80,
  };
}

/** What the clock shows at an instant, with the course that led there. See `read` for a cheap look without it. */
export function evaluate(clock: Stopwatch, calendar: Calendar, at: number): Reading {
  const reading = read(clock, calendar, at);
  if (clock.startedAt === null) return { ...reading, inWords: [] };
  const inWords = explain(
    pinCalendar(calendar, clock.startedAt),
    clock.startedAt,
    endOf(clock, at),
    notCounting(clock),
  );
  return { ...reading, inWords };
}

/** What the clock shows at an instant. Its calendar is the one it started with, see `pinCalendar`. */
export function read(clock: Stopwatch, calendar: Calendar, at: number): Omit<Reading, 'inWords'> {
  const targetMs = clock.definition.targetMinutes * minuteMs;
  if (clock.startedAt === null || clock.startedAt > at) {
    const state = clock.cancelled ? 'cancelled' : 'not_started';
    return {
      state,
      elapsedBusinessMs: 0,
      elapsedActualMs: 0,
      dueAt: null,
      breachedAt: null,
      remainingMs: targetMs,
      warnings: [],
    };
  }
  const kept = pinCalendar(calendar, clock.startedAt);
  const end = endOf(clock, at);
  const off = notCounting(clock);
  const elapsedBusinessMs = elapsed(kept, clock.startedAt, end, off);
  const dueAt = dueOf(clock, kept, clock.definition.targetMinutes);
  const recorded = clock.recordedBreachAt !== null && clock.recordedBreachAt <= at ? clock.recordedBreachAt : null;
  const breachedAt = recorded ?? breachOf(clock, dueAt, end);
  const state = stateOf(clock, at, breachedAt);
  return {
    state,
    elapsedBusinessMs,
    elapsedActualMs: actualElapsed(clock.startedAt, end, off),
    dueAt: breachedAt ?? (state === 'paused' || state === 'cancelled' ? null : dueAt),
    breachedAt,
    remainingMs: targetMs - elapsedBusinessMs,
    warnings: warningsOf(clock, kept, end),
  };
}

function restartedAt(clock: Stopwatch, definition: ClockDefinition, at: number): Stopwatch {
  // A pause that lasts goes on for the new clock; what is over belongs to the old one.
  const pauses = clock.pauses
    .filter(({ to }) => to === null || to > at)
    .map((each) => ({ ...each, from: Math.max(each.from, at) }));
  return { ...start(newClock(definition), at), pauses };
}

function endOf(clock: Stopwatch, at: number): number {
  return Math.min(at, clock.stoppedAt ?? at, clock.cancelled?.at ?? at);
}

function countedPauses(clock: Stopwatch): ReasonedPause[] {
  return clock.pauses.filter(({ reason }) => clock.definition.pauseReasons.includes(reason));
}

function notCounting(clock: Stopwatch): ReasonedPause[] {
  return [...countedPauses(clock), ...clock.gaps.map((gap) => ({ ...gap, reason: 'stopped' }))];
}

function dueOf(clock: Stopwatch, calendar: Calendar, targetMinutes: number): number | null {
  if (clock.startedAt === null) return null;
  const off = notCounting(clock);
  const found = due(calendar, clock.startedAt, targetMinutes, off);
  // A clock stopped exactly when due was met; reopened, it has nothing left from its first running instant on.
  const isMetByStop = clock.gaps.find(({ from, to }) => from === found && to > from);
  return isMetByStop ? due(calendar, isMetByStop.to, 0, off) : found;
}

function breachOf(clock: Stopwatch, dueAt: number | null, end: number): number | null {
  if (dueAt === null || dueAt > end) return null;
  return clock.stoppedAt === dueAt ? null : dueAt;
}

function stateOf(clock: Stopwatch, at: number, breachedAt: number | null): ClockState {
  const isBreached = breachedAt !== null;
  if (clock.cancelled && clock.cancelled.at <= at) return isBreached ? 'breached_stopped' : 'cancelled';
  if (clock.stoppedAt !== null && clock.stoppedAt <= at) return isBreached ? 'breached_stopped' : 'met';
  if (countedPauses(clock).some(({ from, to }) => from <= at && (to === null || at < to))) return 'paused';
  return isBreached ? 'breached_running' : 'running';
}

function actualElapsed(from: number, to: number, off: readonly Pause[]): number {
  return elapsed(aroundTheClock, from, to, off);
}

function warningsOf(clock: Stopwatch, calendar: Calendar, end: number): { percent: number; at: number }[] {
  return (clock.definition.warnAtPercent ?? []).flatMap((percent) => {
    const at = dueOf(clock, calendar, (clock.definition.targetMinutes * percent) / 100);
    return at !== null && at <= end ? [{ percent, at }] : [];
  });
}
