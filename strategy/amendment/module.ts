import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { amendmentCommands } from './commands.ts';
import { amendmentRecord } from './record.ts';
import { amendmentRules } from './rules.ts';
import { amendmentFacts } from './store.ts';

/** Amendments of agreed outcomes. */
export const amendmentModule: Module = {
  records: [
    served({
      definition: amendmentRecord,
      rules: amendmentRules,
      facts: amendmentFacts,
      commands: amendmentCommands,
      gives: ['amendment.not-agreed', 'amendment.waits'],
      brings: [
        { type: 'outcome', move: 'amend' },
        { type: 'outcome', move: 'give-up' },
      ],
    }),
  ],
};
