import type { StageServer } from '../core/http/stage.ts';
import { policyCommands } from './direction/commands.ts';
import { evaluatePolicies } from './direction/evaluate.ts';
import { directionJobs } from './direction/jobs.ts';
import { policyRecord } from './direction/record/policy.ts';
import { waiverRecord } from './direction/record/waiver.ts';
import { policyRules, waiverRules } from './direction/rules.ts';
import { waiverFacts } from './direction/store.ts';
import { outcomeCommands } from './outcome/commands.ts';
import { outcomeRecord } from './outcome/record.ts';
import { packageChecklist } from './package/checklist.ts';
import { packageCommands } from './package/commands.ts';
import { packageRecord } from './package/record.ts';
import { packageRules } from './package/rules.ts';
import { packageDelayCost, packageFacts, summaryRecount } from './package/store.ts';
import { subscriptionCommands } from './portfolio/commands/subscription.ts';
import { versionCommands } from './portfolio/commands/service-version.ts';
import { serviceRecord } from './portfolio/record/service.ts';
import { versionRecord } from './portfolio/record/service-version.ts';
import { subscriptionRecord } from './portfolio/record/subscription.ts';
import { portfolioEndpoints } from './portfolio/routes.ts';
import { versionRules } from './portfolio/rules.ts';
import { versionFacts } from './portfolio/store/portfolio.ts';
import { liveIntervalRecount } from './portfolio/store/recount.ts';
import { requirementRecord } from './requirement/record.ts';
import { requirementJobs } from './requirement/jobs.ts';
import { requirementRules } from './requirement/rules.ts';
import { requirementFacts } from './requirement/store.ts';

const promised = [
  { type: 'packagedIn', direction: 'in' },
  { type: 'promises', direction: 'out' },
] as const;

/** What Strategy contributes to the server. */
export const strategyServer: StageServer = {
  records: [
    {
      definition: requirementRecord,
      rules: requirementRules,
      facts: requirementFacts,
      evidence: { G1: [{ type: 'expects', direction: 'out' }] },
    },
    {
      definition: outcomeRecord,
      rules: {},
      commands: outcomeCommands,
      figure: { value: 'latest', unit: 'unit', at: 'latestAt' },
    },
    {
      definition: packageRecord,
      rules: packageRules,
      facts: packageFacts,
      commands: packageCommands,
      evidence: { P1: promised, G2: promised },
      amount: { G2: 'funding' },
      delayCost: packageDelayCost,
    },
    { definition: serviceRecord, rules: {} },
    { definition: versionRecord, rules: versionRules, facts: versionFacts, commands: versionCommands },
    { definition: subscriptionRecord, rules: {}, commands: subscriptionCommands },
    { definition: policyRecord, rules: policyRules, commands: policyCommands },
    { definition: waiverRecord, rules: waiverRules, facts: waiverFacts },
  ],
  checklists: [packageChecklist],
  endpoints: portfolioEndpoints,
  jobs: [...directionJobs, ...requirementJobs],
  policies: evaluatePolicies,
  recounts: [summaryRecount, liveIntervalRecount],
};
