import type { Application } from '../record/define/work.ts';

/** A job that runs by the clock; what it does must be safe to repeat. */
export interface ScheduledJob {
  name: string;
  everySeconds: number;
  run: (application: Application) => Promise<void>;
}
