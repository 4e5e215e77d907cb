import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { designChecklist } from './checklist.ts';
import { designCommands } from './commands.ts';
import { designRecord } from './record.ts';
import { designRules } from './rules.ts';
import { designFacts } from './store.ts';

// Components go on being received and built after the business accepted the design; their builds are evidence of later gates.
const agreed = [{ type: 'specifiedBy', direction: 'in' }] as const;

/** Service design packages. */
export const designPackageModule: Module = {
  records: [
    served({
      definition: designRecord,
      brings: [
        { type: 'service-package', move: 'start-design' },
        { type: 'design-package', move: 'supersede' },
      ],
      gives: ['design.package-not-chartered', 'hand-over.offered'],
      rules: designRules,
      facts: designFacts,
      commands: designCommands,
      evidence: { P3: agreed, G3: agreed },
    }),
  ],
  checklists: [designChecklist],
};
