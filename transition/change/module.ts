import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { changeCommands, releaseMissedWindows } from './commands.ts';
import { changeRecord } from './record.ts';
import { changeRules } from './rules.ts';
import { changeFacts } from './store.ts';

/** Changes. */
export const changeModule: Module = {
  records: [
    served({
      definition: changeRecord,
      rules: changeRules,
      facts: changeFacts,
      commands: changeCommands,
      amount: { G13: 'cost' },
    }),
  ],
  jobs: [{ name: 'change-windows', every: 'minute', run: releaseMissedWindows }],
};
