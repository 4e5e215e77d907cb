import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { freezeCommands } from './commands.ts';
import { freezeRecord } from './record.ts';
import { freezeRules } from './rules.ts';
import { freezeFacts } from './store.ts';

/** Change freezes. */
export const freezeModule: Module = {
  records: [
    served({
      definition: freezeRecord,
      brings: [{ type: 'change', move: 'miss-window' }],
      rules: freezeRules,
      facts: freezeFacts,
      commands: freezeCommands,
    }),
  ],
};
