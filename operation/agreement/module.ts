import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { agreementCommands } from './commands.ts';
import { lateExceptions } from './late-exceptions.ts';
import { agreementRecord } from './record.ts';
import { agreementRules } from './rules.ts';
import { agreementFacts, inForceBeside, inForceRecount } from './store.ts';

/** Service level agreements. */
export const agreementModule: Module = {
  records: [
    served({
      definition: agreementRecord,
      brings: [{ type: 'agreement', move: 'agree' }],
      rules: agreementRules,
      facts: agreementFacts,
      commands: agreementCommands,
      beside: [inForceBeside],
    }),
  ],
  subscribers: [lateExceptions],
  recounts: [inForceRecount],
};
