// The clocks of one incident: what its verbs do to them. Pure; the rows are read and written in store.ts.
import { minuteMs } from '../../core/clock/units.ts';
import { exceptionKey } from '../../core/clock/calendar.ts';
import type { Calendar } from '../../core/clock/calendar.ts';
import {
  cancel,
  newClock,
  pause,
  read,
  recordBreach,
  reopen,
  reprioritise,
  resume,
  start,
  stop,
} from '../../core/clock/stopwatch.ts';
import type { ClockDefinition, Stopwatch } from '../../core/clock/stopwatch.ts';
import { canonical, sha256 } from '../../core/journal/hash.ts';
import type { Json } from '../../core/journal/hash.ts';
import type { ClockAct } from '../../core/lifecycle/outcome.ts';
import type { AgreementDefinition, Priority } from '../../handover/facts/agreement-in-force.ts';

export type ClockKind = 'response' | 'restore';

export interface IncidentClock {
  id: string;
  kind: ClockKind;
  agreementId: string;
  agreementVersion: number;
  calendar: Calendar;
  stopwatch: Stopwatch;
  /** Not in the table yet, or different from what stands there. */
  touched: boolean;
}

/** The definitions that an agreement gives to a priority; a missing target gives no clock. */
export function clockDefinitions(
  agreement: AgreementDefinition,
  priority: Priority,
): { kind: ClockKind; definition: ClockDefinition }[] {
  const target = agreement.targets[priority];
  const common = { pauseReasons: agreement.pauseReasons, reopen: agreement.reopen, warnAtPercent: [50, 80] };
  const minutes = { response: target?.responseMinutes ?? null, restore: target?.restoreMinutes ?? null };
  return (['response', 'restore'] as const).flatMap((kind) => {
    const targetMinutes = minutes[kind];
    return targetMinutes === null ? [] : [{ kind, definition: { ...common, targetMinutes } }];
  });
}

export function startedClock(definition: ClockDefinition, at: number): Stopwatch {
  return start(newClock(definition), at);
}

/** A clock that still measures: neither stopped nor cancelled. */
export const isLive = ({ stopwatch }: IncidentClock): boolean =>
  stopwatch.stoppedAt === null && stopwatch.cancelled === null;

const touch = (clock: IncidentClock, stopwatch: Stopwatch): IncidentClock =>
  stopwatch === clock.stopwatch ? clock : { ...clock, stopwatch, touched: true };

export const paused = (clock: IncidentClock, at: number, reason: string): IncidentClock =>
  isLive(clock) ? touch(clock, pause(clock.stopwatch, at, reason)) : clock;

export const resumed = (clock: IncidentClock, at: number): IncidentClock =>
  isLive(clock) ? touch(clock, resume(clock.stopwatch, at)) : clock;

export const stopped = (clock: IncidentClock, at: number): IncidentClock => touch(clock, stop(clock.stopwatch, at));

export const cancelled = (clock: IncidentClock, at: number, reason: string): IncidentClock =>
  touch(clock, cancel(clock.stopwatch, at, reason));

/** A response that was given before its clock was made stays given. */
export const answered = (clock: IncidentClock, { respondedAt }: Readonly<Record<string, unknown>>): IncidentClock =>
  clock.kind === 'response' && typeof respondedAt === 'string' ? stopped(clock, Date.parse(respondedAt)) : clock;

/** Reopens a stopped clock by its own policy: the clock itself, and a new cycle where the policy asks for one. */
export function reopened(clock: IncidentClock, at: number, newId: () => string): IncidentClock[] {
  if (clock.stopwatch.cancelled || clock.kind === 'response') return [clock];
  const { ended, next } = reopen(clock.stopwatch, at);
  return ended ? [clock, { ...clock, id: newId(), stopwatch: next, touched: true }] : [touch(clock, next)];
}

/** Only the newest clock of a kind may run on; those before it keep their result. */
const isLastOfKind = (clocks: readonly IncidentClock[], clock: IncidentClock): boolean =>
  clocks.findLast(({ kind }) => kind === clock.kind) === clock;

/** What a move does to the clocks, as the lifecycle says it. A reopened incident's clocks run again by their own policy. */
export function led(clocks: readonly IncidentClock[], act: ClockAct, at: number, newId: () => string): IncidentClock[] {
  switch (act.act) {
    case 'run':
      return clocks.flatMap((clock) => {
        if (isLive(clock)) return [resumed(clock, at)];
        return isLastOfKind(clocks, clock) ? reopened(clock, at, newId) : [clock];
      });
    case 'pause':
      return clocks.map((clock) => paused(clock, at, act.reason));
    case 'stop':
      return clocks.map((clock) => {
        const stops = act.kinds?.includes(clock.kind) ?? true;
        const given = act.at[clock.kind];
        return stops ? stopped(clock, given === undefined ? at : Date.parse(given)) : clock;
      });
    case 'cancel':
      return clocks.map((clock) => cancelled(clock, at, 'incident cancelled'));
  }
}

// One calendar object per version of an agreement: it is hashed once.
const hashes = new WeakMap<Calendar, string>();

/** The hash by which journal entries name a calendar. */
export function calendarHash(calendar: Calendar): string {
  const known = hashes.get(calendar);
  if (known !== undefined) return known;
  const hash = sha256(canonical(calendar as unknown as Json)); // plain data throughout
  hashes.set(calendar, hash);
  return hash;
}

export interface Replacement {
  at: number;
  reason: 'misclassified' | 'impact_changed';
  definition: ClockDefinition | undefined;
  newId: () => string;
}

/** Replaces a live clock by one with the new priority's target (domain E.4.7). */
export function replaced(
  clock: IncidentClock,
  { at, reason, definition, newId }: Replacement,
): { clocks: IncidentClock[]; needsApproval: boolean } {
  if (!isLive(clock)) return { clocks: [clock], needsApproval: false };
  if (!definition) return { clocks: [cancelled(clock, at, 'replaced')], needsApproval: nearlyUsed(clock, at) };
  const { ended, next, needsApproval } = reprioritise(clock.stopwatch, clock.calendar, { at, reason, definition });
  return {
    clocks: [touch(clock, ended), { ...clock, id: newId(), stopwatch: next, touched: true }],
    needsApproval,
  };
}

/** The newest clock of its kind, ended because a priority had no target for it. */
export const isDropped = (clocks: readonly IncidentClock[], clock: IncidentClock): boolean =>
  isLastOfKind(clocks, clock) && clock.stopwatch.cancelled?.reason === 'replaced';

/** Kinds with a target that no clock measures: there was none before, or it was dropped. */
export function unledKinds(clocks: readonly IncidentClock[], wanted: readonly { kind: ClockKind }[]): ClockKind[] {
  return wanted
    .map(({ kind }) => kind)
    .filter((kind) => {
      const newest = clocks.findLast((clock) => clock.kind === kind);
      return !newest || isDropped(clocks, newest);
    });
}

/** At least 80 % of the target has elapsed: dropping it is easing it. */
function nearlyUsed({ stopwatch, calendar }: IncidentClock, at: number): boolean {
  const { elapsedBusinessMs } = read(stopwatch, calendar, at);
  return elapsedBusinessMs * 100 >= stopwatch.definition.targetMinutes * minuteMs * 80;
}

/** Takes in exceptions that became known while the clock runs: it decides by itself which days they hold for (domain E.4.8). */
export function withLateExceptions(clock: IncidentClock, newest: Calendar): IncidentClock {
  if (!isLive(clock)) return clock;
  const known = new Set(clock.calendar.exceptions.map(exceptionKey));
  const late = newest.exceptions.filter((each) => each.recordedAt !== undefined && !known.has(exceptionKey(each)));
  if (!late.length) return clock;
  return {
    ...clock,
    calendar: { ...clock.calendar, exceptions: [...clock.calendar.exceptions, ...late] },
    touched: true,
  };
}

/** Keeps a breach that has happened by an instant, so that later facts leave it standing. */
export function withBreach(clock: IncidentClock, at: number): IncidentClock {
  const { breachedAt } = read(clock.stopwatch, clock.calendar, at);
  return breachedAt === null ? clock : touch(clock, recordBreach(clock.stopwatch, breachedAt));
}

/** Breaches that have happened by an instant and are not kept yet, earliest first. */
export function newBreaches(
  clocks: readonly IncidentClock[],
  at: number,
): { clock: IncidentClock; breachedAt: number }[] {
  return clocks
    .flatMap((clock) => {
      const { breachedAt } = read(clock.stopwatch, clock.calendar, at);
      return breachedAt === null || clock.stopwatch.recordedBreachAt !== null ? [] : [{ clock, breachedAt }];
    })
    .toSorted((a, b) => a.breachedAt - b.breachedAt);
}

/** What a list shows of all clocks: the earliest due instant of those that run, and whether any has breached. */
export function summary(clocks: readonly IncidentClock[], at: number): { nextDueAt: string | null; breached: boolean } {
  const readings = clocks.map((clock) => ({ live: isLive(clock), ...read(clock.stopwatch, clock.calendar, at) }));
  const due = readings
    .filter(({ live, state }) => live && state !== 'paused')
    .flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]));
  return {
    nextDueAt: due.length ? new Date(Math.min(...due)).toISOString() : null,
    breached: readings.some(({ breachedAt }) => breachedAt !== null),
  };
}
