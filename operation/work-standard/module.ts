import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { workStandardCommands } from './commands.ts';
import { workStandardRecord } from './record.ts';
import { workStandardRules } from './rules.ts';

/** What the provider holds its own people to. */
export const workStandardModule: Module = {
  records: [
    served({
      definition: workStandardRecord,
      rules: workStandardRules,
      commands: workStandardCommands,
      gives: ['work-standard.own'],
    }),
  ],
};
