import type { Rule } from '../../core/lifecycle/rule.ts';
import { rightsOver } from '../../core/permission/principal.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import { receivers } from './record.ts';

const isStage = (stage: unknown): stage is keyof typeof receivers => typeof stage === 'string' && stage in receivers;

/** Who answers a requirement back, beside the rules of every hand-over. */
export const requirementBackRules: Readonly<Record<string, Rule>> = {
  'for-its-stage': {
    sentence: 'The stage that is asked answers.',
    check: ({ values, actor, record }) => {
      const stage = values['targetStage'];
      const roles: readonly string[] = isStage(stage) ? receivers[stage] : [];
      const here = rightsOver(actor.grants, record.customers);
      if (here.some(({ role }) => roles.includes(role))) return [];
      return [
        refusal(
          'requirement-back.other-stage',
          `It is asked of ${String(stage)}.`,
          `Someone with the role ${roles.join(' or ')} answers it.`,
        ),
      ];
    },
  },
};
