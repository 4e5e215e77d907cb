import type { Application } from '../record/define/work.ts';

/** How often a job runs: each minute, once an hour, once a day in the night of UTC. */
export type Every = 'minute' | 'hour' | 'day';

/** A job that runs by the clock; what it does must be safe to repeat, and must make up for runs that were missed. */
export interface ScheduledJob {
  name: string;
  every: Every;
  run: (application: Application) => Promise<void>;
}
