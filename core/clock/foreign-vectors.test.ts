// Results of other systems' business-hours tests, read from where such data lies; nothing of it is kept in this project.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addWorkingDays, due, elapsed, isOpen, isWorkingDay, startFor } from './business-time.ts';
import { isHoliday, weeklyCalendar } from './calendar.ts';
import type { Calendar, CalendarException } from './calendar.ts';

const root = join(import.meta.dirname, '../..');
const given = process.env['SERVICEWRIGHT_SHARED_DATA'];
const folder = [...(given ? [given] : []), join(root, '../shared/data'), join(root, '../../shared/data')]
  .map((data) => join(data, 'sla-vectors'))
  .find((path) => existsSync(path));

const hours = z.partialRecord(
  z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  z.array(z.tuple([z.string(), z.string()])),
);
const schedule = z.object({ zone: z.string(), hours });
const holiday = z.object({ from: z.string(), to: z.string(), every_year: z.boolean() });
const durations = z.object({
  schedule,
  vectors: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('duration_within'), start: z.string(), end: z.string(), expect_seconds: z.number() }),
      z.object({
        kind: z.enum(['before', 'after']),
        unit: z.enum(['second', 'minute']),
        n: z.number(),
        at: z.string(),
        expect: z.string(),
      }),
    ]),
  ),
});
const calendars = z.object({
  calendars: z.record(z.string(), schedule),
  vectors: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('due_by_working_days'),
        calendar: z.string(),
        start: z.string(),
        working_days: z.number(),
        end_of_working_day: z.boolean().optional(),
        expect: z.string(),
      }),
      z.object({
        kind: z.literal('active_seconds_between'),
        calendar: z.string(),
        start: z.string(),
        end: z.string(),
        expect: z.number(),
      }),
      z.object({
        kind: z.enum(['is_working_day', 'is_working_time']),
        calendar: z.string(),
        at: z.string(),
        expect: z.boolean(),
      }),
      z.object({
        kind: z.literal('is_holiday'),
        calendar: z.string(),
        at: z.string(),
        holidays: z.array(holiday),
        expect: z.boolean(),
      }),
    ]),
  ),
});
type DurationVector = z.infer<typeof durations>['vectors'][number];
type CalendarVector = z.infer<typeof calendars>['vectors'][number];

function build({ zone, hours: week }: z.infer<typeof schedule>, holidays: z.infer<typeof holiday>[] = []): Calendar {
  const weekly = Object.fromEntries(
    Object.entries(week).map(([day, list]) => [day, list.map(([from, to]) => ({ from, to }))]),
  );
  const exceptions = holidays.map(
    ({ from, to, every_year }): CalendarException => ({ kind: 'holiday', from, to, everyYear: every_year }),
  );
  return weeklyCalendar(zone, weekly, exceptions);
}

const local = (calendar: Calendar, text: string) =>
  Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(calendar.zone).epochMilliseconds;
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder ?? '', name), 'utf8'));

/** What we compute for a vector, beside what the other system expects: instants in ms, durations in seconds. */
interface Compared {
  ours: unknown;
  theirs: unknown;
}

function compareDuration(calendar: Calendar, vector: DurationVector): Compared {
  if (vector.kind === 'duration_within') {
    return {
      ours: elapsed(calendar, Date.parse(vector.start), Date.parse(vector.end)) / 1000,
      theirs: vector.expect_seconds,
    };
  }
  const minutes = vector.unit === 'second' ? vector.n / 60 : vector.n;
  const move = vector.kind === 'after' ? due : startFor;
  return { ours: move(calendar, Date.parse(vector.at), minutes), theirs: Date.parse(vector.expect) };
}

function compareCalendar(calendar: Calendar, vector: CalendarVector): Compared {
  switch (vector.kind) {
    case 'due_by_working_days': {
      const options = { endOfWorkingDay: vector.end_of_working_day ?? false };
      const ours = addWorkingDays(calendar, local(calendar, vector.start), vector.working_days, options);
      return { ours, theirs: local(calendar, vector.expect) };
    }
    case 'active_seconds_between': {
      const ours = elapsed(calendar, local(calendar, vector.start), local(calendar, vector.end)) / 1000;
      return { ours, theirs: vector.expect };
    }
    case 'is_working_day':
      return { ours: isWorkingDay(calendar, vector.at.slice(0, 10)), theirs: vector.expect };
    case 'is_working_time':
      return { ours: isOpen(calendar, local(calendar, vector.at)), theirs: vector.expect };
    case 'is_holiday':
      return { ours: isHoliday(calendar, vector.at), theirs: vector.expect };
  }
}

describe.skipIf(folder === undefined)(
  'vectors of other systems (skipped: no folder sla-vectors in ../shared/data or $SERVICEWRIGHT_SHARED_DATA)',
  () => {
    const biz = folder ? durations.parse(read('biz-durations.json')) : undefined;
    const glpi = folder ? calendars.parse(read('glpi-calendar.json')) : undefined;

    it('has vectors to check', () => {
      expect([biz?.vectors.length, glpi?.vectors.length]).toEqual([10, 28]);
    });

    it.each(biz?.vectors ?? [])('durations: %j', (vector) => {
      if (!biz) throw new Error('the vectors were read');
      const { ours, theirs } = compareDuration(build(biz.schedule), vector);
      expect(ours).toBe(theirs);
    });

    it.each(glpi?.vectors ?? [])('calendar: %j', (vector) => {
      const found = glpi?.calendars[vector.calendar];
      if (!found) throw new Error(`the file has no calendar ${vector.calendar}`);
      const holidays = vector.kind === 'is_holiday' ? vector.holidays : [];
      const { ours, theirs } = compareCalendar(build(found, holidays), vector);
      expect(ours).toBe(theirs);
    });
  },
);
