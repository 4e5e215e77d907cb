import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { improvementCommands } from './commands.ts';
import { conditionSubscriber, promiseSubscriber, registerJobs } from './jobs.ts';
import { measuredOf } from './measured.ts';
import { improvementRecord } from './record.ts';
import { improvementRules } from './rules.ts';
import { improvementDelayCost, improvementFacts } from './store.ts';

/** The register of improvements. */
export const registerModule: Module = {
  records: [
    served({
      definition: improvementRecord,
      gives: [
        'improvement.impossible-target',
        'improvement.not-implemented',
        'improvement.no-values',
        'improvement.worse-side',
        'hand-over.offered',
      ],
      rules: improvementRules,
      facts: improvementFacts,
      commands: improvementCommands,
      amount: { G7: 'oneOffCost' },
      delayCost: improvementDelayCost,
      measured: measuredOf,
    }),
  ],
  jobs: registerJobs,
  subscribers: [promiseSubscriber, conditionSubscriber],
};
