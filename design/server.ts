import type { StageServer } from '../core/http/stage.ts';
import { componentCommands } from './component/commands.ts';
import { componentRecord } from './component/record.ts';
import { componentRules } from './component/rules.ts';
import { designChecklist } from './design-package/checklist.ts';
import { designCommands } from './design-package/commands.ts';
import { designRecord } from './design-package/record.ts';
import { designRules } from './design-package/rules.ts';
import { designFacts } from './design-package/store.ts';

// Components go on being received and built after the business accepted the design; their builds are evidence of later gates.
const agreed = [{ type: 'specifiedBy', direction: 'in' }] as const;

/** What Design contributes to the server. */
export const designServer: StageServer = {
  records: [
    {
      definition: designRecord,
      rules: designRules,
      facts: designFacts,
      commands: designCommands,
      evidence: { P3: agreed, G3: agreed },
    },
    { definition: componentRecord, rules: componentRules, commands: componentCommands },
  ],
  checklists: [designChecklist],
};
