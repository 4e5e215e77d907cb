import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/work.ts';
import { figuresRecount } from './rollup/recount.ts';
import { rollUpJobs } from './rollup/roll-up.ts';
import { measurementEndpoints } from './routes.ts';
import { measurementCommands } from './value/commands.ts';
import { promiseEditedSubscriber } from './value/jobs.ts';
import { measurementRecord } from './value/record.ts';
import { valueEndpoints } from './value/routes.ts';
import { measurementRules } from './value/rules.ts';
import { measurementFacts } from './value/store.ts';

/** Measured values of outcomes, and the figures of all metrics. */
export const measurementModule: Module = {
  records: [
    served({
      definition: measurementRecord,
      rules: measurementRules,
      facts: measurementFacts,
      figure: { value: 'value', unit: { through: 'outcome', field: 'unit' }, at: 'periodTo' },
      commands: measurementCommands,
    }),
  ],
  endpoints: [...valueEndpoints, ...measurementEndpoints],
  jobs: rollUpJobs,
  subscribers: [promiseEditedSubscriber],
  recounts: [figuresRecount],
};
