import type { ScheduledJob } from '../../core/http/module.ts';
import { moveAsSystem } from '../../core/record/move-as-system.ts';
import { lostAttainments, missedDates } from './store.ts';

const type = 'business-requirement';

/** What time and measurements do to a promise: a date goes by, or what was attained is lost (domain B.2). */
export const requirementJobs: readonly ScheduledJob[] = [
  {
    name: 'strategy-promises-kept',
    everySeconds: 3600,
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      for (const due of await missedDates(application.pool, now)) {
        const reason = 'The date to attain its outcomes has passed.';
        await moveAsSystem(application, { ...due, type, move: 'miss', reason });
      }
      for (const due of await lostAttainments(application.pool)) {
        const reason = 'An outcome missed its target two periods in a row.';
        await moveAsSystem(application, { ...due, type, move: 'regress', reason });
      }
    },
  },
];
