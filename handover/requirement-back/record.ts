import { choice, longText, person } from '../../core/record/define/fields.ts';
import { defineHandOver } from '../hand-over/record.ts';
import { lookup } from '../../core/names/lookup.ts';

/** By the stage that receives the requirement: the roles that answer for it. */
export const receivers = lookup({
  strategy: ['BRM', 'SPM'],
  design: ['SDM', 'DAU'],
  transition: ['TRM', 'CHM'],
  operation: ['OPS'],
  improvement: ['CSI'],
} as const);

/** Improvement asks the stage in which a cause lies for something (model S13, B.21, F.5): that stage decides. */
export const requirementBack = defineHandOver({
  type: 'requirement-back',
  prefix: 'RBK',
  path: 'requirements-back',
  table: 'handover.requirement_back',
  label: 'Requirement back',
  plural: 'Requirements back',
  purpose: 'What an improvement asks of the stage in which the cause lies, and what that stage said to it.',
  from: 'improvement',
  to: 'any',
  subject: 'improvement',
  offers: ['CSI'],
  accepts: Object.values(receivers).flat(),
  parts: { improvement: { least: 1 }, service: { least: 0, goesOn: true }, outcome: { least: 0, goesOn: true } },
  rules: ['for-its-stage'],
  fields: {
    targetStage: choice({
      label: 'Asked of',
      options: {
        strategy: 'Strategy',
        design: 'Design',
        transition: 'Transition',
        operation: 'Operation',
        improvement: 'Improvement',
      },
      derived: true,
    }),
    reason: longText({ label: 'Why', max: 10_000, derived: true }),
    requester: person({ label: 'Asked by', derived: true }),
  },
  columns: ['targetStage'],
});
