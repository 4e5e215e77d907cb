import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { earlyLifeCommands } from './commands.ts';
import { earlyLifeRecord } from './record.ts';
import { earlyLifeRules } from './rules.ts';
import { earlyLifeFacts } from './store.ts';

/** Early life support. */
export const earlyLifeModule: Module = {
  records: [
    served({
      definition: earlyLifeRecord,
      rules: earlyLifeRules,
      facts: earlyLifeFacts,
      commands: earlyLifeCommands,
      evidence: {
        G5: [
          { type: 'supportedIn', direction: 'in' },
          {
            type: 'relieves',
            direction: 'in',
            gives: { kind: 'Operations accept the hand-over', in: ['accepted'] },
          },
          { type: 'waives', direction: 'in' },
        ],
      },
    }),
  ],
};
