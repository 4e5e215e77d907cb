import type { StageServer } from '../core/http/stage.ts';
import { changeCommands, releaseMissedWindows } from './change/commands.ts';
import { changeRecord } from './change/record.ts';
import { changeRules } from './change/rules.ts';
import { changeFacts } from './change/store.ts';
import { earlyLifeCommands } from './early-life/commands.ts';
import { earlyLifeRecord } from './early-life/record.ts';
import { earlyLifeRules } from './early-life/rules.ts';
import { earlyLifeFacts } from './early-life/store.ts';
import { freezeCommands } from './freeze/commands.ts';
import { freezeRecord } from './freeze/record.ts';
import { freezeRules } from './freeze/rules.ts';
import { freezeFacts } from './freeze/store.ts';
import { releaseCommands } from './release/commands.ts';
import { releaseRecord } from './release/record.ts';
import { releaseRules } from './release/rules.ts';
import { releaseFacts } from './release/store.ts';

/** What Transition contributes to the server. */
export const transitionServer: StageServer = {
  records: [
    {
      definition: changeRecord,
      rules: changeRules,
      facts: changeFacts,
      commands: changeCommands,
    },
    { definition: freezeRecord, rules: freezeRules, facts: freezeFacts, commands: freezeCommands },
    {
      definition: releaseRecord,
      rules: releaseRules,
      facts: releaseFacts,
      commands: releaseCommands,
      evidence: {
        P5: [{ type: 'contains', direction: 'out' }],
        P6: [{ type: 'contains', direction: 'out' }],
        P7: [{ type: 'contains', direction: 'out' }],
        G4: [{ type: 'contains', direction: 'out' }],
      },
    },
    {
      definition: earlyLifeRecord,
      rules: earlyLifeRules,
      facts: earlyLifeFacts,
      commands: earlyLifeCommands,
      evidence: {
        G5: [
          { type: 'supportedIn', direction: 'in' },
          { type: 'relieves', direction: 'in' },
        ],
      },
    },
  ],
  jobs: [{ name: 'change-windows', everySeconds: 60, run: releaseMissedWindows }],
};
