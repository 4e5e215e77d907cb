import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, due, elapsed, isOpen, isWorkingDay, openIntervals, startFor } from './business-time.ts';
import type { Pause } from './business-time.ts';
import { alwaysOpen, weeklyCalendar } from './calendar.ts';
import { at, everyDay, ukOffice, utc, workweek } from './example-calendars.ts';

const hour = 3_600_000;
const london = 'Europe/London';

describe('the vectors of the specification', () => {
  it('eight office hours over a weekend in which summer time begins (model V1)', () => {
    expect(utc(due(ukOffice, at('2026-03-27T16:30'), 480))).toBe('2026-03-30T15:00:00.000Z');
  });

  it('36 hours around the clock are elapsed hours, not wall hours (model V2)', () => {
    expect(utc(due(alwaysOpen(london), at('2026-03-28T12:00'), 36 * 60))).toBe('2026-03-30T00:00:00.000Z');
  });

  it.each([
    ['2026-03-28', 7],
    ['2026-10-24', 9],
    ['2026-06-10', 8],
    ['2026-12-31', 8],
  ])('the night of %s has %i hours (model V3)', (date, hours) => {
    const nightly = everyDay(london, [{ from: '22:00', to: '06:00' }]);
    const noon = at(`${date}T12:00`);
    expect(elapsed(nightly, noon, noon + 24 * hour) / hour).toBe(hours);
  });

  it('a pause over Easter takes off its office time only (model V4)', () => {
    const start = at('2026-04-02T15:00');
    const pause = { from: at('2026-04-02T16:00'), to: at('2026-04-07T10:00') };
    expect(elapsed(ukOffice, start, pause.from)).toBe(hour);
    expect(elapsed(ukOffice, pause.from, pause.to)).toBe(2.5 * hour);
    expect(utc(due(ukOffice, start, 480, [pause]))).toBe('2026-04-07T16:00:00.000Z');
    expect(utc(due(ukOffice, start, 480))).toBe('2026-04-07T13:30:00.000Z');
  });

  it('a window over the spring night has five hours (model V6)', () => {
    const window = weeklyCalendar(london, {}, [
      { kind: 'extra_day', date: '2026-03-28', hours: [{ from: '22:00', to: '04:00' }] },
    ]);
    expect(elapsed(window, at('2026-03-28T00:00'), at('2026-03-30T00:00'))).toBe(5 * hour);
  });

  it.each([
    ['2026-03-16', '12:00'],
    ['2026-04-01', '13:00'],
  ])('New York 08:00 on %s is %s in London (model V7)', (date, wallTime) => {
    const newYork = everyDay('America/New_York', [{ from: '08:00', to: '21:00' }]);
    const opens = due(newYork, at(`${date}T09:00`), 0);
    expect(opens).toBe(at(`${date}T${wallTime}`));
  });
});

describe('wall times that do not exist or exist twice', () => {
  it('a start in the gap takes the offset before it, an end in the overlap the later instant', () => {
    const early = everyDay(london, [{ from: '01:30', to: '05:00' }]);
    expect(openIntervals(early, at('2026-03-29T00:00'), at('2026-03-30T00:00'))).toEqual([
      { from: at('2026-03-29T02:30'), to: at('2026-03-29T05:00') },
    ]);
    const late = everyDay(london, [{ from: '00:00', to: '01:30' }]);
    expect(elapsed(late, at('2026-10-25T00:00'), at('2026-10-26T00:00'))).toBe(2.5 * hour);
  });

  it('an interval whose end does not come after its start is empty', () => {
    const inTheGap = everyDay(london, [{ from: '01:30', to: '02:00' }]);
    expect(elapsed(inTheGap, at('2026-03-29T00:00'), at('2026-03-30T00:00'))).toBe(0);
    expect(isWorkingDay(inTheGap, '2026-03-29')).toBe(false);
  });

  it('intervals that overlap count once', () => {
    const doubled = everyDay(london, [
      { from: '08:00', to: '12:00' },
      { from: '10:00', to: '14:00' },
    ]);
    expect(elapsed(doubled, at('2026-06-01T00:00'), at('2026-06-02T00:00'))).toBe(6 * hour);
  });
});

describe('conventions', () => {
  it('a target used up exactly at closing is due at closing', () => {
    expect(due(ukOffice, at('2026-06-22T09:00'), 8.5 * 60)).toBe(at('2026-06-22T17:30'));
    expect(startFor(ukOffice, at('2026-06-22T17:30'), 8.5 * 60)).toBe(at('2026-06-22T09:00'));
  });

  it('a target of 0 is due at the next open instant, or backwards at the last that is open or closes', () => {
    expect(due(ukOffice, at('2026-06-22T10:00'), 0)).toBe(at('2026-06-22T10:00'));
    expect(due(ukOffice, at('2026-06-22T17:30'), 0)).toBe(at('2026-06-23T09:00'));
    expect(startFor(ukOffice, at('2026-06-22T09:00'), 0)).toBe(at('2026-06-22T09:00'));
    expect(startFor(ukOffice, at('2026-06-22T08:59'), 0)).toBe(at('2026-06-19T17:30'));
  });

  it('open time is half-open', () => {
    expect([at('2026-06-22T09:00'), at('2026-06-22T17:30')].map((each) => isOpen(ukOffice, each))).toEqual([
      true,
      false,
    ]);
  });

  it('a calendar without hours, or a pause without end, is never due', () => {
    expect(due(weeklyCalendar(london, {}), at('2026-06-22T09:00'), 1)).toBeNull();
    expect(due(ukOffice, at('2026-06-22T09:00'), 60, [{ from: at('2026-06-22T09:30'), to: null }])).toBeNull();
  });

  it('a pause that begins exactly when the target is used up comes too late', () => {
    expect(due(ukOffice, at('2026-06-22T09:00'), 60, [{ from: at('2026-06-22T10:00'), to: null }])).toBe(
      at('2026-06-22T10:00'),
    );
  });

  it('working days skip holidays both ways and keep the wall time over a clock change', () => {
    expect(addWorkingDays(ukOffice, at('2026-04-02T15:00'), 1)).toBe(at('2026-04-07T15:00'));
    expect(addWorkingDays(ukOffice, at('2026-04-07T15:00'), -1)).toBe(at('2026-04-02T15:00'));
    expect(addWorkingDays(ukOffice, at('2026-03-27T15:00'), 1)).toBe(at('2026-03-30T15:00'));
    expect(addWorkingDays(ukOffice, at('2026-04-03T15:00'), 0, { endOfWorkingDay: true })).toBe(at('2026-04-07T17:30'));
  });

  it('a night shift belongs to the date it starts on', () => {
    const nights = workweek(
      london,
      [{ from: '22:00', to: '06:00' }],
      [{ kind: 'holiday', from: '2026-12-31', to: '2026-12-31' }],
    );
    expect(elapsed(nights, at('2026-12-30T12:00'), at('2027-01-01T12:00'))).toBe(8 * hour);
    expect(isWorkingDay(nights, '2026-06-27')).toBe(false);
    expect(isOpen(nights, at('2026-06-27T05:00'))).toBe(true);
  });

  it('refuses instants and targets that are no whole milliseconds', () => {
    expect(() => elapsed(ukOffice, 0.5, 10)).toThrow(RangeError);
    expect(() => due(ukOffice, 0, -1)).toThrow(RangeError);
  });
});

describe('for any instants, hours and pauses', () => {
  const start = at('2026-01-01T00:00');
  const instant = fc.integer({ min: start, max: start + 500 * 24 * hour });
  const calendar = fc.constantFrom(
    ukOffice,
    alwaysOpen('America/New_York'),
    everyDay(london, [{ from: '22:00', to: '06:00' }]),
    everyDay('Australia/Lord_Howe', [
      { from: '01:15', to: '02:20' },
      { from: '02:10', to: '24:00' },
    ]),
    workweek('America/St_Johns', [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ]),
  );
  const pauses = fc.array(fc.record({ from: instant, to: fc.option(instant, { nil: null }) }), { maxLength: 6 });
  const closedPauses = pauses.map((list) => list.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }])));

  it('elapsed time adds up over any cut', () => {
    fc.assert(
      fc.property(calendar, instant, instant, instant, pauses, (hours, one, two, three, list) => {
        const [a = 0, b = 0, c = 0] = [one, two, three].toSorted((x, y) => x - y);
        expect(elapsed(hours, a, b, list) + elapsed(hours, b, c, list)).toBe(elapsed(hours, a, c, list));
      }),
    );
  });

  it('the due instant is the first at which the target has elapsed', () => {
    fc.assert(
      fc.property(
        calendar,
        instant,
        fc.integer({ min: 1, max: 20_000 }),
        closedPauses,
        (hours, from, minutes, list: Pause[]) => {
          const found = due(hours, from, minutes, list) ?? Number.NaN;
          expect(elapsed(hours, from, found, list)).toBe(minutes * 60_000);
          expect(elapsed(hours, from, found - 1, list)).toBe(minutes * 60_000 - 1);
        },
      ),
    );
  });

  it('counting back from the due instant leads to the last start that has it', () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 20_000 }), (hours, end, minutes) => {
        const found = startFor(hours, end, minutes) ?? Number.NaN;
        expect(elapsed(hours, found, end)).toBe(minutes * 60_000);
        expect(elapsed(hours, found + 1, end)).toBe(minutes * 60_000 - 1);
      }),
    );
  });

  it('a pause never adds time, twice the same pause takes off no more', () => {
    fc.assert(
      fc.property(calendar, instant, instant, pauses, (hours, from, to, list) => {
        const paused = elapsed(hours, from, to, list);
        expect(paused).toBeLessThanOrEqual(elapsed(hours, from, to));
        expect(paused).toBeGreaterThanOrEqual(0);
        expect(elapsed(hours, from, to, [...list, ...list])).toBe(paused);
      }),
    );
  });

  it('elapsed time is the sum of the open intervals', () => {
    fc.assert(
      fc.property(calendar, instant, instant, (hours, from, to) => {
        const sum = openIntervals(hours, from, Math.max(from, to)).reduce(
          (total, each) => total + each.to - each.from,
          0,
        );
        expect(elapsed(hours, from, to)).toBe(sum);
      }),
    );
  });
});
