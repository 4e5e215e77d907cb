import fc from 'fast-check';
import { PgBoss } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../clock/units.ts';
import { cronOf, nextRun } from './schedule.ts';

const boss = new PgBoss('postgres://nobody@127.0.0.1:1/none'); // it is asked for times only, and connects nowhere

describe('the times of a job', () => {
  it('are told as the library keeps them', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.constantFrom('minute', 'hour', 'day' as const),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (name, every, after) => {
          const job = { name, every };
          const [next] = boss.previewSchedule(cronOf(job), { tz: 'UTC', from: after, count: 1 });
          expect(nextRun(job, after.getTime())).toBe(next?.getTime());
        },
      ),
    );
  });

  it('are spread over the hour, so that not all run at once', () => {
    const names = Array.from({ length: 40 }, (_, index) => `job-${index}`);
    const minutes = new Set(names.map((name) => nextRun({ name, every: 'day' }, 0) % dayMs));
    expect(minutes.size).toBeGreaterThan(20);
  });
});
