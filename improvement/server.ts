import type { StageServer } from '../core/http/stage.ts';
import { detectionJobs } from './detection/jobs.ts';
import { detectionEndpoints } from './detection/routes.ts';
import { matrixEndpoints } from './matrix/routes.ts';
import { measurementEndpoints } from './measurement/routes.ts';
import { measurementCommands } from './measurement/value/commands.ts';
import { measurementRecord } from './measurement/value/record.ts';
import { valueEndpoints } from './measurement/value/routes.ts';
import { measurementRules } from './measurement/value/rules.ts';
import { measurementFacts } from './measurement/value/store.ts';
import { figuresRecount } from './measurement/rollup/recount.ts';
import { rollUpJobs } from './measurement/rollup/roll-up.ts';
import { improvementCommands } from './register/commands.ts';
import { promiseSubscriber, registerJobs } from './register/jobs.ts';
import { improvementRecord } from './register/record.ts';
import { improvementRules } from './register/rules.ts';
import { improvementFacts } from './register/store.ts';

/** What Improvement contributes to the server. */
export const improvementServer: StageServer = {
  records: [
    {
      definition: measurementRecord,
      rules: measurementRules,
      facts: measurementFacts,
      figure: { value: 'value', unit: { through: 'outcome', field: 'unit' }, at: 'periodTo' },
      commands: measurementCommands,
    },
    {
      definition: improvementRecord,
      rules: improvementRules,
      facts: improvementFacts,
      commands: improvementCommands,
      amount: { G7: 'oneOffCost' },
    },
  ],
  endpoints: [...valueEndpoints, ...measurementEndpoints, ...matrixEndpoints, ...detectionEndpoints],
  recounts: [figuresRecount],
  subscribers: [promiseSubscriber],
  jobs: [...registerJobs, ...rollUpJobs, ...detectionJobs],
};
