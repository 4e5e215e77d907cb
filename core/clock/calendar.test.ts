import { describe, expect, it } from 'vitest';
import { elapsed, isWorkingDay } from './business-time.ts';
import { alwaysOpen, checkCalendar, is24x7, isHoliday, pinCalendar, weeklyCalendar } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { at, everyDay, ukOffice, workweek } from './example-calendars.ts';

const hour = 3_600_000;
const london = 'Europe/London';
const office = [{ from: '09:00', to: '17:00' }];
const hoursOf = (calendar: Calendar, date: string) =>
  elapsed(calendar, at(`${date}T00:00`), at(`${date}T23:59:59.999`)) / hour;

describe('calendar', () => {
  it('is around the clock only when no date can be closed', () => {
    expect(is24x7(alwaysOpen(london))).toBe(true);
    expect(
      is24x7(
        everyDay(london, [
          { from: '12:00', to: '24:00' },
          { from: '00:00', to: '12:00' },
        ]),
      ),
    ).toBe(true);
    expect(is24x7(everyDay(london, [{ from: '00:00', to: '23:59' }]))).toBe(false);
    expect(
      is24x7(
        everyDay(london, [{ from: '00:00', to: '24:00' }], [{ kind: 'holiday', from: '2026-12-25', to: '2026-12-25' }]),
      ),
    ).toBe(false);
  });

  it('lets changed hours stand above holidays, and holidays above weekly but not extra hours', () => {
    const dated = workweek(london, office, [
      { kind: 'holiday', from: '2026-06-01', to: '2026-06-03' },
      { kind: 'extra_day', date: '2026-06-02', hours: [{ from: '10:00', to: '12:00' }] },
      { kind: 'changed_hours', from: '2026-06-03', to: '2026-06-04', hours: [{ from: '09:00', to: '10:00' }] },
      { kind: 'extra_day', date: '2026-06-06', hours: [{ from: '10:00', to: '13:00' }] },
    ]);
    const week = ['01', '02', '03', '04', '05', '06'].map((day) => hoursOf(dated, `2026-06-${day}`));
    expect(week).toEqual([0, 2, 1, 1, 8, 3]);
    expect(isHoliday(dated, '2026-06-03')).toBe(true);
  });

  it('repeats a yearly holiday, also over the end of the year', () => {
    const closed = workweek(london, office, [
      { kind: 'holiday', from: '2020-12-24', to: '2021-01-01', everyYear: true },
    ]);
    expect(['2026-12-23', '2026-12-24', '2027-01-01', '2027-01-04'].map((date) => isWorkingDay(closed, date))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('changes its weekly hours on the date a version takes effect', () => {
    const versions = [
      { effectiveFrom: '2026-06-03', weekly: { wed: [{ from: '08:00', to: '20:00' }] } },
      { effectiveFrom: null, weekly: { tue: office, wed: office } },
    ];
    const calendar: Calendar = { zone: london, versions, exceptions: [] };
    expect(['2026-05-27', '2026-06-02', '2026-06-03', '2026-06-09'].map((date) => hoursOf(calendar, date))).toEqual([
      8, 8, 12, 0,
    ]);
  });

  it('names every fault at once', () => {
    const faulty = weeklyCalendar('Europe/Nowhere', { mon: [{ from: '9:00', to: '17:00' }] }, [
      { kind: 'holiday', from: '2026-02-30', to: '2026-03-01' },
    ]);
    expect(checkCalendar(faulty).map(({ code }) => code)).toEqual([
      'calendar.zone',
      'calendar.interval',
      'calendar.date',
    ]);
    expect(checkCalendar(ukOffice)).toEqual([]);
  });
});

describe('the calendar a running clock keeps', () => {
  it('takes in a holiday recorded later only on dates that begin afterwards', () => {
    const startedAt = at('2026-06-01T10:00');
    const declared = workweek(london, office, [
      { kind: 'holiday', from: '2026-06-02', to: '2026-06-03', recordedAt: at('2026-06-02T11:00') },
    ]);
    const kept = pinCalendar(declared, startedAt);
    expect(['02', '03', '04'].map((day) => hoursOf(kept, `2026-06-${day}`))).toEqual([8, 0, 8]);
    expect(['02', '03', '04'].map((day) => hoursOf(declared, `2026-06-${day}`))).toEqual([0, 0, 8]);
  });

  it('keeps the weekly hours in force at its start', () => {
    const calendar: Calendar = {
      zone: london,
      versions: [
        { effectiveFrom: null, weekly: { wed: office } },
        { effectiveFrom: '2026-06-03', weekly: {} },
      ],
      exceptions: [],
    };
    expect(hoursOf(pinCalendar(calendar, at('2026-06-01T10:00')), '2026-06-03')).toBe(8);
    expect(hoursOf(pinCalendar(calendar, at('2026-06-03T00:00')), '2026-06-03')).toBe(0);
  });

  it('is one object for all clocks that keep the same', () => {
    expect(pinCalendar(ukOffice, at('2026-06-01T10:00'))).toBe(ukOffice);
    const declared = workweek(london, office, [
      { kind: 'holiday', from: '2026-06-03', to: '2026-06-03', recordedAt: at('2026-06-02T11:00') },
    ]);
    expect(pinCalendar(declared, at('2026-06-01T10:00'))).toBe(pinCalendar(declared, at('2026-06-01T12:00')));
  });
});
