import type { ScheduledJob } from '../../core/http/stage.ts';
import { moveAsSystem } from '../../core/record/move-as-system.ts';
import { reviewsDue } from './store.ts';

export const registerJobs: readonly ScheduledJob[] = [
  {
    name: 'improvement-reviews-due',
    everySeconds: 3600,
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      for (const due of await reviewsDue(application.pool, now)) {
        const reason = 'Its review date has come.';
        await moveAsSystem(application, { ...due, type: 'improvement', move: 'review-due', reason });
      }
    },
  },
];
