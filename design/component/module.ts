import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { componentCommands } from './commands.ts';
import { componentRecord } from './record.ts';
import { componentRules } from './rules.ts';

/** Components, made or bought. */
export const componentModule: Module = {
  records: [
    served({ definition: componentRecord, endsOn: 'contractEnds', rules: componentRules, commands: componentCommands }),
  ],
};
