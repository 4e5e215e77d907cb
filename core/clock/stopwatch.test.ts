import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alwaysOpen } from './calendar.ts';
import { at, ukOffice, utc, workweek } from './example-calendars.ts';
import {
  cancel,
  evaluate,
  newClock,
  pause,
  read,
  recordBreach,
  reopen,
  reprioritise,
  resume,
  start,
  stop,
} from './stopwatch.ts';
import type { ClockDefinition, ReopenPolicy } from './stopwatch.ts';

const hour = 3_600_000;
const eightHours: ClockDefinition = { targetMinutes: 480, pauseReasons: ['customer'], reopen: 'resume_excluding_gap' };
const startedAt = (wallTime: string, definition = eightHours) => start(newClock(definition), at(wallTime));
const withPolicy = (policy: ReopenPolicy) => ({ ...eightHours, reopen: policy });
const monday = (wallTime: string) => at(`2026-06-22T${wallTime}`);
const stopped = (policy: ReopenPolicy) => stop(startedAt('2026-06-22T09:00', withPolicy(policy)), monday('11:00'));

describe('a running clock', () => {
  it('is due after the weekend, and breached from that instant on (model V1)', () => {
    const clock = startedAt('2026-03-27T16:30');
    expect(read(clock, ukOffice, at('2026-03-27T17:00'))).toEqual({
      state: 'running',
      elapsedBusinessMs: hour / 2,
      elapsedActualMs: hour / 2,
      dueAt: at('2026-03-30T16:00'),
      breachedAt: null,
      remainingMs: 7.5 * hour,
      warnings: [],
    });
    const late = read(clock, ukOffice, at('2026-03-30T17:00'));
    expect(late).toMatchObject({
      state: 'breached_running',
      breachedAt: at('2026-03-30T16:00'),
      dueAt: at('2026-03-30T16:00'),
      remainingMs: -hour,
    });
  });

  it('runs around the clock in elapsed hours (model V2)', () => {
    const clock = startedAt('2026-03-28T12:00', { ...eightHours, targetMinutes: 36 * 60 });
    expect(utc(read(clock, alwaysOpen('Europe/London'), at('2026-03-28T13:00')).dueAt)).toBe(
      '2026-03-30T00:00:00.000Z',
    );
  });

  it('has no due instant while paused and a later one after (model V4)', () => {
    const paused = pause(startedAt('2026-04-02T15:00'), at('2026-04-02T16:00'), 'customer');
    expect(read(paused, ukOffice, at('2026-04-07T09:30'))).toMatchObject({
      state: 'paused',
      dueAt: null,
      elapsedBusinessMs: hour,
      elapsedActualMs: hour,
    });
    const resumed = resume(paused, at('2026-04-07T10:00'));
    expect(utc(read(resumed, ukOffice, at('2026-04-07T10:00')).dueAt)).toBe('2026-04-07T16:00:00.000Z');
  });

  it('tells its course in words', () => {
    const clock = resume(
      pause(startedAt('2026-04-02T15:00'), at('2026-04-02T16:00'), 'customer'),
      at('2026-04-02T17:00'),
    );
    expect(evaluate(clock, ukOffice, at('2026-04-07T10:00')).inWords).toEqual([
      { from: at('2026-04-02T15:00'), to: at('2026-04-02T16:00'), kind: 'working', reason: null },
      { from: at('2026-04-02T16:00'), to: at('2026-04-02T17:00'), kind: 'paused', reason: 'customer' },
      { from: at('2026-04-02T17:00'), to: at('2026-04-02T17:30'), kind: 'working', reason: null },
      {
        from: at('2026-04-02T17:30'),
        to: at('2026-04-07T09:00'),
        kind: 'outside_hours',
        reason: 'Good Friday, Easter Monday',
      },
      { from: at('2026-04-07T09:00'), to: at('2026-04-07T10:00'), kind: 'working', reason: null },
    ]);
  });

  it('does not pause for a reason that its definition does not list', () => {
    const clock = pause(startedAt('2026-06-22T10:00'), monday('11:00'), 'supplier');
    expect(read(clock, ukOffice, monday('12:00'))).toMatchObject({ state: 'running', elapsedBusinessMs: 2 * hour });
  });

  it('warns at shares of its target', () => {
    const clock = startedAt('2026-06-22T09:00', { ...eightHours, warnAtPercent: [50, 75, 90] });
    expect(read(clock, ukOffice, monday('15:00')).warnings).toEqual([
      { percent: 50, at: monday('13:00') },
      { percent: 75, at: monday('15:00') },
    ]);
  });

  it('has not started before its start', () => {
    expect(read(newClock(eightHours), ukOffice, monday('10:00')).state).toBe('not_started');
    expect(read(startedAt('2026-06-22T10:00'), ukOffice, monday('09:00')).state).toBe('not_started');
  });

  it('keeps the calendar it started with, but for a holiday recorded for later days', () => {
    const declared = workweek(
      'Europe/London',
      [{ from: '09:00', to: '17:00' }],
      [{ kind: 'holiday', from: '2026-06-22', to: '2026-06-23', recordedAt: monday('12:00') }],
    );
    expect(read(startedAt('2026-06-22T10:00'), declared, monday('13:00'))).toMatchObject({
      elapsedBusinessMs: 3 * hour,
      dueAt: at('2026-06-24T10:00'),
    });
  });
});

describe('breach', () => {
  const clock = startedAt('2026-06-22T09:00');

  it('does not happen to a clock stopped exactly when due, but does a millisecond later', () => {
    expect(read(stop(clock, monday('17:00')), ukOffice, monday('18:00'))).toMatchObject({
      state: 'met',
      breachedAt: null,
      remainingMs: 0,
    });
    expect(read(stop(clock, monday('17:00') + 1), ukOffice, monday('18:00'))).toMatchObject({
      state: 'breached_stopped',
      breachedAt: monday('17:00'),
    });
  });

  it('is not undone by a pause exactly at the due instant, which still pauses', () => {
    const paused = pause(clock, monday('17:00'), 'customer');
    expect(read(paused, ukOffice, monday('17:10'))).toMatchObject({ state: 'paused', breachedAt: monday('17:00') });
  });

  it('stays once recorded, whatever facts arrive later', () => {
    const late = pause(recordBreach(clock, monday('17:00')), monday('10:00'), 'customer');
    expect(read(late, ukOffice, monday('17:10')).breachedAt).toBe(monday('17:00'));
  });

  it('survives a cancellation that comes after it', () => {
    expect(read(cancel(clock, monday('16:00'), 'raised in error'), ukOffice, monday('18:00')).state).toBe('cancelled');
    expect(read(cancel(clock, monday('17:10'), 'raised in error'), ukOffice, monday('18:00')).state).toBe(
      'breached_stopped',
    );
  });
});

describe('reopening', () => {
  it('excludes the gap by default', () => {
    const { ended, next } = reopen(stopped('resume_excluding_gap'), monday('14:00'));
    expect(ended).toBeNull();
    expect(read(next, ukOffice, monday('15:00'))).toMatchObject({
      state: 'running',
      elapsedBusinessMs: 3 * hour,
      elapsedActualMs: 3 * hour,
      dueAt: at('2026-06-23T11:30'),
    });
  });

  it('includes the gap where agreed, also a breach inside it', () => {
    const { next } = reopen(stopped('resume_including_gap'), at('2026-06-23T10:00'));
    expect(read(next, ukOffice, at('2026-06-23T10:00'))).toMatchObject({
      state: 'breached_running',
      breachedAt: monday('17:00'),
    });
  });

  it('begins a new cycle with the full target and leaves the first its result', () => {
    const { ended, next } = reopen(stopped('new_cycle'), monday('14:00'));
    expect(ended && read(ended, ukOffice, monday('15:00')).state).toBe('met');
    expect(read(next, ukOffice, monday('15:00'))).toMatchObject({ elapsedBusinessMs: hour, remainingMs: 7 * hour });
  });

  it('keeps a breach, and a clock stopped exactly when due has nothing left when it runs again', () => {
    const breached = reopen(stop(startedAt('2026-06-22T09:00'), monday('17:10')), at('2026-06-23T10:00')).next;
    expect(read(breached, ukOffice, at('2026-06-23T10:00')).breachedAt).toBe(monday('17:00'));
    const met = reopen(stop(startedAt('2026-06-22T09:00'), monday('17:00')), at('2026-06-23T10:00')).next;
    expect(read(met, ukOffice, at('2026-06-23T11:00')).breachedAt).toBe(at('2026-06-23T10:00'));
  });
});

describe('another priority', () => {
  const p3 = startedAt('2026-06-22T10:00');
  const p2: ClockDefinition = { ...eightHours, targetMinutes: 240 };

  it('misclassified: back-dated, and breached the moment it is made (model V5)', () => {
    const { ended, next, isBreachedOnCreation } = reprioritise(p3, ukOffice, {
      at: monday('15:00'),
      reason: 'misclassified',
      definition: p2,
    });
    expect(read(next, ukOffice, monday('15:00'))).toMatchObject({
      state: 'breached_running',
      breachedAt: monday('14:00'),
      dueAt: monday('14:00'),
    });
    expect(isBreachedOnCreation).toBe(true);
    expect(read(ended, ukOffice, monday('15:00'))).toMatchObject({ state: 'cancelled', breachedAt: null });
    expect(ended.cancelled?.reason).toBe('replaced');
  });

  it('impact changed: a fresh clock from now on (model V5)', () => {
    const { next, isBreachedOnCreation } = reprioritise(p3, ukOffice, {
      at: monday('15:00'),
      reason: 'impact_changed',
      definition: p2,
    });
    expect(read(next, ukOffice, monday('15:00')).dueAt).toBe(at('2026-06-23T10:30'));
    expect(isBreachedOnCreation).toBe(false);
  });

  it('carries the pauses since the start, or the one that lasts', () => {
    const waiting = pause(resume(pause(p3, monday('11:00'), 'customer'), monday('12:00')), monday('14:00'), 'customer');
    const back = reprioritise(waiting, ukOffice, { at: monday('15:00'), reason: 'misclassified', definition: p2 });
    expect(read(back.next, ukOffice, monday('15:00'))).toMatchObject({ state: 'paused', elapsedBusinessMs: 3 * hour });
    const fresh = reprioritise(waiting, ukOffice, { at: monday('15:00'), reason: 'impact_changed', definition: p2 });
    expect(read(resume(fresh.next, monday('16:00')), ukOffice, monday('17:00'))).toMatchObject({
      state: 'running',
      elapsedBusinessMs: hour,
    });
  });

  it('leaves a breached clock breached', () => {
    const { ended } = reprioritise(p3, ukOffice, {
      at: at('2026-06-23T10:00'),
      reason: 'impact_changed',
      definition: p2,
    });
    expect(read(ended, ukOffice, at('2026-06-23T10:00'))).toMatchObject({
      state: 'breached_stopped',
      breachedAt: at('2026-06-23T09:30'),
    });
  });

  it('asks for a second person when a target grows after 80 % of it', () => {
    const longer: ClockDefinition = { ...eightHours, targetMinutes: 960 };
    const courses: [string, ClockDefinition][] = [
      ['16:23', longer],
      ['16:24', longer],
      ['16:24', p2],
    ];
    const asked = courses.map(
      ([wallTime, definition]) =>
        reprioritise(p3, ukOffice, { at: monday(wallTime), reason: 'impact_changed', definition }).needsApproval,
    );
    expect(asked).toEqual([false, true, false]);
  });
});

describe('for any course', () => {
  it('the stretches told cover the course, and their working time is the time elapsed', () => {
    const minute = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(minute, fc.array(fc.tuple(minute, minute), { maxLength: 4 }), minute, (from, pauses, length) => {
        const begin = at('2026-03-20T00:00') + from * 60_000;
        const steps = pauses.map(([offset, lasts]) => ({
          from: begin + offset * 60_000,
          to: begin + (offset + lasts) * 60_000,
        }));
        const clock = {
          ...start(newClock(eightHours), begin),
          pauses: steps.map((each) => ({ ...each, reason: 'customer' })),
        };
        const end = begin + length * 60_000;
        const { inWords, elapsedBusinessMs } = evaluate(clock, ukOffice, end);
        const working = inWords
          .filter(({ kind }) => kind === 'working')
          .reduce((sum, each) => sum + each.to - each.from, 0);
        expect(working).toBe(elapsedBusinessMs);
        expect([begin, ...inWords.map(({ to }) => to)]).toEqual([...inWords.map(({ from: first }) => first), end]);
      }),
    );
  });
});
