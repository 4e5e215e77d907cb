import type { StageServer } from '../core/http/stage.ts';
import { outcomeCommands } from './outcome/commands.ts';
import { outcomeRecord } from './outcome/record.ts';
import { requirementRecord } from './requirement/record.ts';
import { requirementRules } from './requirement/rules.ts';
import { requirementFacts } from './requirement/store.ts';

/** What Strategy contributes to the server. */
export const strategyServer: StageServer = {
  records: [
    {
      definition: requirementRecord,
      rules: requirementRules,
      facts: requirementFacts,
      evidence: { G1: [{ type: 'expects', direction: 'out' }] },
    },
    { definition: outcomeRecord, rules: {}, commands: outcomeCommands },
  ],
};
