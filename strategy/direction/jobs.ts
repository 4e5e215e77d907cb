import type { ScheduledJob } from '../../core/http/module.ts';
import { moveAsSystem } from '../../core/record/move-as-system.ts';
import { policiesToEnforce, waiversToEnd } from './store.ts';

export const directionJobs: readonly ScheduledJob[] = [
  {
    name: 'strategy-policies-by-date',
    everySeconds: 3600,
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      for (const due of await policiesToEnforce(application.pool, now)) {
        await moveAsSystem(application, { ...due, type: 'policy', move: 'enforce', reason: 'Its first day has come.' });
      }
      for (const due of await waiversToEnd(application.pool, now)) {
        await moveAsSystem(application, {
          ...due,
          type: 'policy-waiver',
          move: 'expire',
          reason: 'Its last day is over.',
        });
      }
    },
  },
];
