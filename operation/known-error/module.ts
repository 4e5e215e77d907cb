import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { knownErrorCommands } from './commands.ts';
import { knownErrorRecord } from './record.ts';
import { knownErrorEndpoints } from './routes.ts';
import { knownErrorRules } from './rules.ts';
import { knownErrorFacts } from './store.ts';

/** Known errors and their workarounds. */
export const knownErrorModule: Module = {
  records: [
    served({
      definition: knownErrorRecord,
      brings: [{ type: 'known-error', move: 'take-back' }],
      gives: ['known-error.other-problem'],
      rules: knownErrorRules,
      facts: knownErrorFacts,
      commands: knownErrorCommands,
    }),
  ],
  endpoints: knownErrorEndpoints,
};
