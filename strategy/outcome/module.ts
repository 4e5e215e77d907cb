import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { outcomeCommands } from './commands.ts';
import { outcomeRecord } from './record.ts';

/** Business outcomes. */
export const outcomeModule: Module = {
  records: [
    served({
      definition: outcomeRecord,
      gives: ['outcome.requirement-decided', 'outcome.worse-side'],
      rules: {},
      commands: outcomeCommands,
      figure: { value: 'latest', unit: 'unit', at: 'latestAt' },
    }),
  ],
};
