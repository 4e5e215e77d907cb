import type { Module } from '../../core/http/module.ts';
import { componentCommands } from './commands.ts';
import { componentRecord } from './record.ts';
import { componentRules } from './rules.ts';

/** Components, made or bought. */
export const componentModule: Module = {
  records: [{ definition: componentRecord, rules: componentRules, commands: componentCommands }],
};
