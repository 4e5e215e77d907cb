import { oneByOne } from '../../core/record/edit/one-by-one.ts';
import type { ScheduledJob } from '../../core/jobs/job.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { detectFor } from './commands.ts';
import { measuredServices } from './store.ts';

export const detectionJobs: readonly ScheduledJob[] = [
  {
    name: 'measurement-detections',
    every: 'day',
    run: async (application) => {
      await oneByOne(await measuredServices(application.pool), ({ providerId, serviceId, scenarioNow }) => {
        const principal = systemPrincipal(providerId, 'detection', scenarioNow);
        const caller = { principal, channel: 'job' as const, requestId: `detection ${serviceId}` };
        return act(application, caller, { command: 'detect', type: 'service', id: serviceId }, async (work) => {
          await detectFor(work, serviceId);
          return { id: serviceId };
        });
      });
    },
  },
];
