import type { Module } from '../../core/http/module.ts';
import { incidentCommands } from './commands.ts';
import { incidentFactSubscriber } from './fact.ts';
import { incidentJobs, incidentSubscriber, lateExceptionSubscriber } from './jobs.ts';
import { incidentRecord } from './record.ts';
import { incidentEndpoints } from './routes.ts';
import { incidentRules } from './rules.ts';
import { hoursOf } from './store/clocks.ts';
import { incidentFacts } from './store/confirmation.ts';
import { personalOf } from './store/notes.ts';
import { clocksBeside, incidentRecounts, notesBeside } from './store/verify.ts';

/** Incidents. */
export const incidentModule: Module = {
  records: [
    {
      definition: incidentRecord,
      rules: incidentRules,
      facts: incidentFacts,
      commands: incidentCommands,
      personalOf,
      serviceHours: hoursOf,
      beside: [clocksBeside, notesBeside],
    },
  ],
  endpoints: incidentEndpoints,
  jobs: incidentJobs,
  subscribers: [incidentSubscriber, incidentFactSubscriber, lateExceptionSubscriber],
  recounts: incidentRecounts,
};
