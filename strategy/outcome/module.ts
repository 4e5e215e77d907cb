import type { Module } from '../../core/http/module.ts';
import { outcomeCommands } from './commands.ts';
import { outcomeRecord } from './record.ts';

/** Business outcomes. */
export const outcomeModule: Module = {
  records: [
    {
      definition: outcomeRecord,
      rules: {},
      commands: outcomeCommands,
      figure: { value: 'latest', unit: 'unit', at: 'latestAt' },
    },
  ],
};
