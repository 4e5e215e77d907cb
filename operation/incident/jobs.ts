import type { ScheduledJob } from '../../core/jobs/job.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import type { Application } from '../../core/record/define/work.ts';
import { ageSummaries, summarise } from './store/summary.ts';

const nowOf = (application: Application) => new Date(application.clock()).toISOString();

export const incidentJobs: readonly ScheduledJob[] = [
  {
    name: 'incident-summaries',
    every: 'hour',
    run: (application) => ageSummaries(application.pool, nowOf(application)),
  },
];

/** Keeps the count of incidents by service current. */
export const incidentSubscriber: JournalSubscriber = {
  name: 'operation.service-summary',
  types: ['incident'],
  take: (application, entries) => {
    const touched = new Map(
      entries.map(({ providerId, recordId }) => [recordId, { providerId, incidentId: recordId }]),
    );
    return summarise(application.pool, [...touched.values()], nowOf(application));
  },
};
