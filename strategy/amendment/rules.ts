import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import { worseRefusals } from '../outcome/index.ts';
import type { amendmentRecord } from './record.ts';

/** What the rules of an amendment need to know: its outcome as it stands. */
export interface AmendmentFacts {
  outcome: { ref: string; state: string; baseline: number | null; target: number | null; direction: string | null };
}

/** Nobody amends what nobody agreed to, or what is given up. */
export const notAgreed = ({ ref, state }: { ref: string; state: string }): Refusal[] =>
  unless(
    state === 'agreed',
    refusal(
      'amendment.not-agreed',
      `${ref} is ${state}.`,
      state === 'stated' ? 'Edit the outcome itself: nobody has agreed to it yet.' : 'Nothing is left to amend.',
      'outcome',
    ),
  );

export const amendmentRules = rulesOf<typeof amendmentRecord, AmendmentFacts>({
  'outcome-agreed': {
    sentence: 'Its outcome is agreed.',
    needs: ['outcome'],
    gives: ['amendment.not-agreed'],
    check: ({ facts: { outcome } }) => notAgreed(outcome),
  },
  'alters-something': {
    sentence: 'It says what becomes another.',
    gives: ['amendment.same'],
    check: ({ values }) =>
      unless(
        values.kind === 'give_up' || Boolean(values.differences?.length),
        refusal('amendment.same', 'It alters nothing of its outcome.', 'Fill in what shall be another.'),
      ),
  },
  'not-worse': {
    sentence: 'The target lies where better is.',
    needs: ['outcome'],
    gives: ['outcome.worse-side'],
    check: ({ values, facts: { outcome } }) =>
      values.kind === 'give_up'
        ? []
        : worseRefusals({
            baseline: values.baseline ?? outcome.baseline,
            target: values.target ?? outcome.target,
            direction: values.direction ?? outcome.direction,
          }),
  },
});
