import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { criterionWaiverCommands } from './commands.ts';
import { criterionWaiverJobs } from './jobs.ts';
import { criterionWaiverRecord } from './record.ts';
import { criterionWaiverRules } from './rules.ts';
import { criterionWaiverFacts } from './store.ts';

/** Waivers of criteria. */
export const criterionWaiverModule: Module = {
  records: [
    served({
      definition: criterionWaiverRecord,
      rules: criterionWaiverRules,
      facts: criterionWaiverFacts,
      commands: criterionWaiverCommands,
    }),
  ],
  jobs: criterionWaiverJobs,
};
