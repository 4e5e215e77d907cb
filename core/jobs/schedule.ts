// When jobs run. Not all at once: each has a minute of the hour of its own, by its name.
import { createHash } from 'node:crypto';
import { hourMs, minuteMs } from '../clock/units.ts';
import type { ScheduledJob } from './job.ts';

type Scheduled = Pick<ScheduledJob, 'name' | 'every'>;

const minuteOf = ({ name }: Scheduled): number => (createHash('sha256').update(name).digest()[0] ?? 0) % 60;
/** Between two and three at night, in UTC. */
const hourOfDay = 2;

/** A job's times as a cron expression, in UTC. */
export function cronOf(job: Scheduled): string {
  if (job.every === 'minute') return '* * * * *';
  return job.every === 'hour' ? `${minuteOf(job)} * * * *` : `${minuteOf(job)} ${hourOfDay} * * *`;
}

/** The next instant at which a job is due after another, both in milliseconds. */
export function nextRun(job: Scheduled, after: number): number {
  const period = { minute: minuteMs, hour: hourMs, day: 24 * hourMs }[job.every];
  const into = { minute: 0, hour: minuteOf(job) * minuteMs, day: hourOfDay * hourMs + minuteOf(job) * minuteMs }[
    job.every
  ];
  return (Math.floor((after - into) / period) + 1) * period + into;
}
