// The clocks of one record: what its verbs do to them. Pure; the rows are read and written in store.ts.
import { minuteMs } from '../../clock/units.ts';
import { exceptionKey } from '../../clock/calendar.ts';
import type { Calendar } from '../../clock/calendar.ts';
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
} from '../../clock/stopwatch.ts';
import type { ClockDefinition, Stopwatch } from '../../clock/stopwatch.ts';
import { canonical, sha256 } from '../../journal/format/hash.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { ClockAct } from '../../lifecycle/outcome.ts';
import type { ClockKind } from '../../record/define/define.ts';

/** By name: what a record type says of its clocks. */
export type Kinds = Readonly<Record<string, ClockKind>>;

export interface RecordClock {
  id: string;
  kind: string;
  termsId: string;
  termsVersion: number;
  calendar: Calendar;
  stopwatch: Stopwatch;
  /** Not in the table yet, or different from what stands there. */
  touched: boolean;
}

export function startedClock(definition: ClockDefinition, at: number): Stopwatch {
  return start(newClock(definition), at);
}

/** A clock that still measures: neither stopped nor cancelled. */
export const isLive = ({ stopwatch }: RecordClock): boolean =>
  stopwatch.stoppedAt === null && stopwatch.cancelled === null;

const touch = (clock: RecordClock, stopwatch: Stopwatch): RecordClock =>
  stopwatch === clock.stopwatch ? clock : { ...clock, stopwatch, touched: true };

export const paused = (clock: RecordClock, at: number, reason: string): RecordClock =>
  isLive(clock) ? touch(clock, pause(clock.stopwatch, at, reason)) : clock;

export const resumed = (clock: RecordClock, at: number): RecordClock =>
  isLive(clock) ? touch(clock, resume(clock.stopwatch, at)) : clock;

export const stopped = (clock: RecordClock, at: number): RecordClock => touch(clock, stop(clock.stopwatch, at));

export const cancelled = (clock: RecordClock, at: number, reason: string): RecordClock =>
  touch(clock, cancel(clock.stopwatch, at, reason));

/** What was met once before its clock was made stays met. */
export function answered(clock: RecordClock, kinds: Kinds, fields: Readonly<Record<string, unknown>>): RecordClock {
  const at = fields[kinds[clock.kind]?.once?.at ?? ''];
  return typeof at === 'string' ? stopped(clock, Date.parse(at)) : clock;
}

/** Reopens a stopped clock by its own policy: the clock itself, and a new cycle where the policy asks for one. */
export function reopened(clock: RecordClock, kinds: Kinds, at: number, newId: () => string): RecordClock[] {
  if (clock.stopwatch.cancelled || kinds[clock.kind]?.once) return [clock];
  const { ended, next } = reopen(clock.stopwatch, at);
  return ended ? [clock, { ...clock, id: newId(), stopwatch: next, touched: true }] : [touch(clock, next)];
}

/** Only the newest clock of a kind may run on; those before it keep their result. */
const isLastOfKind = (clocks: readonly RecordClock[], clock: RecordClock): boolean =>
  clocks.findLast(({ kind }) => kind === clock.kind) === clock;

export interface Leading {
  kinds: Kinds;
  at: number;
  newId: () => string;
  /** What a clock keeps as its reason when the record ends without a result. */
  whenCancelled: string;
}

/** What a move does to the clocks, as the lifecycle says it. Clocks of a reopened record run again by their own policy. */
export function led(clocks: readonly RecordClock[], act: ClockAct, leading: Leading): RecordClock[] {
  const { kinds, at, newId, whenCancelled } = leading;
  switch (act.act) {
    case 'run':
      return clocks.flatMap((clock) => {
        if (isLive(clock)) return [resumed(clock, at)];
        return isLastOfKind(clocks, clock) ? reopened(clock, kinds, at, newId) : [clock];
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
      return clocks.map((clock) => cancelled(clock, at, whenCancelled));
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

/** Replaces a live clock by one with another target (model E.4.7). */
export function replaced(
  clock: RecordClock,
  { at, reason, definition, newId }: Replacement,
): { clocks: RecordClock[]; needsApproval: boolean } {
  if (!isLive(clock)) return { clocks: [clock], needsApproval: false };
  if (!definition) return { clocks: [cancelled(clock, at, 'replaced')], needsApproval: nearlyUsed(clock, at) };
  const { ended, next, needsApproval } = reprioritise(clock.stopwatch, clock.calendar, { at, reason, definition });
  return {
    clocks: [touch(clock, ended), { ...clock, id: newId(), stopwatch: next, touched: true }],
    needsApproval,
  };
}

/** The newest clock of its kind, ended because there was no target for it any more. */
export const isDropped = (clocks: readonly RecordClock[], clock: RecordClock): boolean =>
  isLastOfKind(clocks, clock) && clock.stopwatch.cancelled?.reason === 'replaced';

/** Kinds with a target that no clock measures: there was none before, or it was dropped. */
export function unledKinds(clocks: readonly RecordClock[], wanted: readonly { kind: string }[]): string[] {
  return wanted
    .map(({ kind }) => kind)
    .filter((kind) => {
      const newest = clocks.findLast((clock) => clock.kind === kind);
      return !newest || isDropped(clocks, newest);
    });
}

/** At least 80 % of the target has elapsed: dropping it is easing it. */
function nearlyUsed({ stopwatch, calendar }: RecordClock, at: number): boolean {
  const { elapsedBusinessMs } = read(stopwatch, calendar, at);
  return elapsedBusinessMs * 100 >= stopwatch.definition.targetMinutes * minuteMs * 80;
}

/** Takes in exceptions that became known while the clock runs: it decides by itself which days they hold for (model E.4.8). */
export function withLateExceptions(clock: RecordClock, newest: Calendar): RecordClock {
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
export function withBreach(clock: RecordClock, at: number): RecordClock {
  const { breachedAt } = read(clock.stopwatch, clock.calendar, at);
  return breachedAt === null ? clock : touch(clock, recordBreach(clock.stopwatch, breachedAt));
}

/** Breaches that have happened by an instant and are not kept yet, earliest first. */
export function newBreaches(clocks: readonly RecordClock[], at: number): { clock: RecordClock; breachedAt: number }[] {
  return clocks
    .flatMap((clock) => {
      const { breachedAt } = read(clock.stopwatch, clock.calendar, at);
      return breachedAt === null || clock.stopwatch.recordedBreachAt !== null ? [] : [{ clock, breachedAt }];
    })
    .toSorted((a, b) => a.breachedAt - b.breachedAt);
}

/** What a list shows of all clocks: the earliest due instant of those that run, and whether any has breached. */
export function summary(clocks: readonly RecordClock[], at: number): { nextDueAt: string | null; breached: boolean } {
  const readings = clocks.map((clock) => ({ live: isLive(clock), ...read(clock.stopwatch, clock.calendar, at) }));
  const due = readings
    .filter(({ live, state }) => live && state !== 'paused')
    .flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]));
  return {
    nextDueAt: due.length ? new Date(Math.min(...due)).toISOString() : null,
    breached: readings.some(({ breachedAt }) => breachedAt !== null),
  };
}
