import type { StageServer } from '../core/http/stage.ts';
import { agreementCommands } from './agreement/commands.ts';
import { agreementRecord } from './agreement/record.ts';
import { agreementRules } from './agreement/rules.ts';
import { agreementFacts, inForceBeside, inForceRecount } from './agreement/store.ts';
import { incidentCommands } from './incident/commands.ts';
import { incidentFactSubscriber } from './incident/fact.ts';
import { incidentJobs, incidentSubscriber, lateExceptionSubscriber } from './incident/jobs.ts';
import { incidentRecord } from './incident/record.ts';
import { incidentEndpoints } from './incident/routes.ts';
import { incidentFacts } from './incident/store/confirmation.ts';
import { hoursOf } from './incident/store/clocks.ts';
import { personalOf } from './incident/store/notes.ts';
import { clocksBeside, incidentRecounts, notesBeside } from './incident/store/verify.ts';
import { incidentRules } from './incident/rules.ts';
import { performanceJobs } from './performance/jobs.ts';
import { performanceEndpoints } from './performance/routes.ts';

/** What Operation contributes to the server. */
export const operationServer: StageServer = {
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
    {
      definition: agreementRecord,
      rules: agreementRules,
      facts: agreementFacts,
      commands: agreementCommands,
      beside: [inForceBeside],
    },
  ],
  endpoints: [...incidentEndpoints, ...performanceEndpoints],
  jobs: [...incidentJobs, ...performanceJobs],
  recounts: [...incidentRecounts, inForceRecount],
  subscribers: [incidentSubscriber, incidentFactSubscriber, lateExceptionSubscriber],
};
