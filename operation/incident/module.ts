import type { Module } from '../../core/http/module.ts';
import { incidentCommands } from './commands.ts';
import { incidentFactSubscriber } from './fact.ts';
import { incidentJobs, incidentSubscriber, lateExceptionSubscriber } from './jobs.ts';
import { incidentRecord } from './record.ts';
import { incidentEndpoints } from './routes.ts';
import { incidentRules } from './rules.ts';
import { hoursOf } from './store/clocks.ts';
import { incidentFacts } from './store/confirmation.ts';
import { calledBy } from './store/caller.ts';
import { clocksBeside, incidentRecounts } from './store/verify.ts';

/** Incidents. */
export const incidentModule: Module = {
  records: [
    {
      definition: incidentRecord,
      rules: incidentRules,
      facts: incidentFacts,
      commands: incidentCommands,
      personalOf: [calledBy],
      serviceHours: hoursOf,
      beside: [clocksBeside],
    },
  ],
  endpoints: incidentEndpoints,
  jobs: incidentJobs,
  subscribers: [incidentSubscriber, incidentFactSubscriber, lateExceptionSubscriber],
  recounts: incidentRecounts,
};
