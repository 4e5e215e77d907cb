import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { figuresRecount, observedRecount } from './rollup/recount.ts';
import { rollUpJobs } from './rollup/roll-up.ts';
import { measurementEndpoints } from './routes.ts';
import { outcomeMeasurementCommands } from './value/commands.ts';
import { promiseEditedSubscriber } from './value/jobs.ts';
import { outcomeMeasurementRecord } from './value/record.ts';
import { valueEndpoints } from './value/routes.ts';
import { outcomeMeasurementRules } from './value/rules.ts';
import { outcomeMeasurementFacts } from './value/store.ts';

/** Measured values of outcomes, and the figures of all metrics. */
export const measurementModule: Module = {
  records: [
    served({
      definition: outcomeMeasurementRecord,
      rules: outcomeMeasurementRules,
      facts: outcomeMeasurementFacts,
      figure: { value: 'value', unit: { through: 'outcome', field: 'unit' }, at: 'periodTo' },
      commands: outcomeMeasurementCommands,
    }),
  ],
  endpoints: [...valueEndpoints, ...measurementEndpoints],
  jobs: rollUpJobs,
  subscribers: [promiseEditedSubscriber],
  recounts: [observedRecount, figuresRecount],
};
