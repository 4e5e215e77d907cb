import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { packageChecklist } from './checklist.ts';
import { packageCommands } from './commands.ts';
import { packageRecord } from './record.ts';
import { packageRules } from './rules.ts';
import { agreedTerms, packageDelayCost, packageFacts, summaryRecount } from './store.ts';

const promised = [
  { type: 'packagedIn', direction: 'in' },
  { type: 'promises', direction: 'out' },
] as const;

/** Service packages. */
export const packageModule: Module = {
  records: [
    served({
      definition: packageRecord,
      brings: [{ type: 'service-package', move: 'supersede' }],
      gives: ['hand-over.offered', 'package.no-agreed-requirement', 'service.not-shared'],
      rules: packageRules,
      facts: packageFacts,
      commands: packageCommands,
      evidence: { P1: promised, G2: promised },
      amount: { G2: 'funding' },
      delayCost: packageDelayCost,
    }),
  ],
  terms: { from: packageRecord.type, sql: agreedTerms },
  checklists: [packageChecklist],
  recounts: [summaryRecount],
};
