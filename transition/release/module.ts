import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { releaseCommands } from './commands.ts';
import { releaseRecord } from './record.ts';
import { releaseRules } from './rules.ts';
import { releaseFacts } from './store.ts';

const contents = [{ type: 'contains', direction: 'out' }] as const;

/** Releases. */
export const releaseModule: Module = {
  records: [
    served({
      definition: releaseRecord,
      gives: ['hand-over.offered'],
      rules: releaseRules,
      facts: releaseFacts,
      commands: releaseCommands,
      evidence: { P5: contents, P6: contents, P7: contents, G4: contents },
    }),
  ],
};
