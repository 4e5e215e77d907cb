import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { policyCommands, waiverCommands } from './commands.ts';
import { evaluatePolicies } from './evaluate.ts';
import { directionJobs } from './jobs.ts';
import { policyRecord } from './record/policy.ts';
import { waiverRecord } from './record/waiver.ts';
import { policyRules, waiverRules } from './rules.ts';
import { reboundDecision, waiverFacts } from './store.ts';

/** Policies, and who may depart from them. */
export const directionModule: Module = {
  records: [
    served({
      definition: policyRecord,
      gives: [
        'policy.gate',
        'policy.no-gate',
        'rule.empty',
        'rule.fact-name',
        'rule.function',
        'rule.keyword',
        'rule.nesting',
        'rule.not-allowed',
        'rule.not-boolean',
        'rule.pattern',
        'rule.syntax',
        'rule.too-long',
        'rule.trial',
        'rule.type',
        'rule.unknown-name',
      ],
      rules: policyRules,
      commands: policyCommands,
    }),
    served({ definition: waiverRecord, rules: waiverRules, commands: waiverCommands, facts: waiverFacts }),
  ],
  jobs: directionJobs,
  policies: evaluatePolicies,
  rebound: reboundDecision,
};
