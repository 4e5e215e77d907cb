import { oneByOne } from '../../core/record/edit/one-by-one.ts';
import type { ScheduledJob } from '../../core/jobs/job.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { isNews, tell } from './commands.ts';
import { dueMonths } from './store.ts';

export const performanceJobs: readonly ScheduledJob[] = [
  {
    name: 'operation-performance',
    every: 'hour',
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      await oneByOne((await dueMonths(application.pool, now, null)).filter(isNews), (month) => {
        const principal = systemPrincipal(month.providerId, 'performance', month.scenarioNow);
        const caller = { principal, channel: 'job' as const, requestId: `performance ${month.serviceId}` };
        const attempt = { command: 'tell-performance', type: 'service', id: month.serviceId };
        return act(application, caller, attempt, async (work) => ({ id: await tell(work, month) }));
      });
    },
  },
];
