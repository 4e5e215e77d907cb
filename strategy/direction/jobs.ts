import type { ScheduledJob } from '../../core/jobs/job.ts';
import { moveEachAsSystem } from '../../core/record/edit/move-as-system.ts';
import { policiesToEnforce, waiversToEnd } from './store.ts';

export const directionJobs: readonly ScheduledJob[] = [
  {
    name: 'strategy-policies-by-date',
    every: 'hour',
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      const begins = { type: 'policy', move: 'enforce', reason: 'Its first day has come.' };
      const ends = { type: 'policy-waiver', move: 'expire', reason: 'Its last day is over.' };
      await moveEachAsSystem(application, [
        ...(await policiesToEnforce(application.pool, now)).map((due) => ({ ...due, ...begins })),
        ...(await waiversToEnd(application.pool, now)).map((due) => ({ ...due, ...ends })),
      ]);
    },
  },
];
