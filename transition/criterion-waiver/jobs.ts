import type { ScheduledJob } from '../../core/jobs/job.ts';
import { moveEachAsSystem } from '../../core/record/edit/move-as-system.ts';
import { waiversOver } from './store.ts';

export const criterionWaiverJobs: readonly ScheduledJob[] = [
  {
    name: 'criterion-waivers-by-date',
    every: 'hour',
    run: async (application) => {
      const over = await waiversOver(application.pool, new Date(application.clock()).toISOString());
      const ends = { type: 'criterion-waiver', move: 'expire', reason: 'Its last day is over.' };
      await moveEachAsSystem(
        application,
        over.map((each) => ({ ...each, ...ends })),
      );
    },
  },
];
