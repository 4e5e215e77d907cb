import type { RuleOn } from '../../core/record/define/rule.ts';
import { rightsOver } from '../../core/permission/principal.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { Role } from '../../core/permission/role.ts';
import { receivers } from './record.ts';
import type { requirementBack } from './record.ts';

/** Who answers a requirement back, beside the rules of every hand-over. */
export const requirementBackRules: Readonly<
  Record<'for-its-stage', RuleOn<typeof requirementBack.definition, object>>
> = {
  'for-its-stage': {
    sentence: 'The stage that is asked answers.',
    gives: ['requirement-back.other-stage'],
    check: ({ values, actor, record }) => {
      const stage = values.targetStage;
      const roles: readonly Role[] = stage === null ? [] : receivers[stage];
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
