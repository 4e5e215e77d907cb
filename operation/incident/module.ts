import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { incidentCommands } from './commands.ts';
import { incidentJobs, incidentSubscriber } from './jobs.ts';
import { incidentObserving } from './observing.ts';
import { incidentRecord } from './record.ts';
import { incidentEndpoints } from './routes.ts';
import { incidentRules } from './rules.ts';
import { incidentFacts } from './store/confirmation.ts';
import { calledBy } from './store/caller.ts';
import { incidentRecounts } from './store/verify.ts';
import { hoursOf, incidentTerms } from './terms.ts';

/** Incidents. */
export const incidentModule: Module = {
  records: [
    served({
      definition: incidentRecord,
      gives: ['incident.priority-as-before', 'incident.priority-reason'],
      rules: incidentRules,
      facts: incidentFacts,
      commands: incidentCommands,
      personalOf: [calledBy],
      observing: incidentObserving,
      terms: incidentTerms,
      serviceHours: hoursOf,
    }),
  ],
  endpoints: incidentEndpoints,
  jobs: incidentJobs,
  subscribers: [incidentSubscriber],
  recounts: incidentRecounts,
};
