import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { releaseCommands } from './commands.ts';
import { releaseRecord } from './record.ts';
import { releaseRules } from './rules.ts';
import { releaseFacts } from './store.ts';

const contents = [{ type: 'contains', direction: 'out' }] as const;
/** At the check-in a component that stands at its baseline shows what it is: its build, its licence, what it is made of. */
const billOfMaterials = [
  {
    ...contents[0],
    gives: { kind: 'Licences and bill of materials', in: ['baselined', 'in_service'] },
  },
];
/** What the business does without is evidence where the criteria are judged: its end is noticed there. */
const judged = [...contents, { type: 'waives', direction: 'in' }] as const;

/** Releases. */
export const releaseModule: Module = {
  records: [
    served({
      definition: releaseRecord,
      gives: ['hand-over.offered'],
      rules: releaseRules,
      facts: releaseFacts,
      commands: releaseCommands,
      evidence: { P5: billOfMaterials, P6: judged, P7: contents, G4: judged },
    }),
  ],
};
