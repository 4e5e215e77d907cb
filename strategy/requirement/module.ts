import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { requirementJobs } from './jobs.ts';
import { requirementRecord } from './record.ts';
import { requirementRules } from './rules.ts';
import { requirementFacts } from './store.ts';

/** Business requirements. */
export const requirementModule: Module = {
  records: [
    served({
      definition: requirementRecord,
      rules: requirementRules,
      facts: requirementFacts,
      evidence: {
        G1: [{ type: 'expects', direction: 'out', gives: { kind: 'Draft outcomes', in: ['stated', 'agreed'] } }],
      },
    }),
  ],
  jobs: requirementJobs,
};
