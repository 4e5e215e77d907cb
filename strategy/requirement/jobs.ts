import type { ScheduledJob } from '../../core/jobs/job.ts';
import { moveEachAsSystem } from '../../core/record/edit/move-as-system.ts';
import { lostAttainments, missedDates } from './store.ts';

const type = 'business-requirement';

/** What time and measurements do to a promise: a date goes by, or what was attained is lost (model B.2). */
export const requirementJobs: readonly ScheduledJob[] = [
  {
    name: 'strategy-promises-kept',
    every: 'hour',
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      const missed = { type, move: 'miss', reason: 'The date to attain its outcomes has passed.' };
      const lost = { type, move: 'regress', reason: 'An outcome missed its target two periods in a row.' };
      await moveEachAsSystem(application, [
        ...(await missedDates(application.pool, now)).map((due) => ({ ...due, ...missed })),
        ...(await lostAttainments(application.pool)).map((due) => ({ ...due, ...lost })),
      ]);
    },
  },
];
