import { rulesOf } from '../../core/record/define/rule.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import { refusal, timed } from '../../core/refusal/refusal.ts';
import type { policyRecord } from './record/policy.ts';
import type { waiverRecord } from './record/waiver.ts';

/** What a policy must fulfil to come into force. */
export const policyRules = rulesOf<typeof policyRecord>({
  'date-reached': {
    sentence: 'Its first day has come.',
    gives: ['policy.too-early'],
    check: ({ values, now }) => {
      const from = values.effectiveFrom;
      if (from === null || from <= now.slice(0, 10)) return [];
      return [
        timed(
          refusal('policy.too-early', `It comes into force on ${from}.`, 'Wait until then.', 'effectiveFrom'),
          from,
        ),
      ];
    },
  },
});

/** What the rules of a waiver need to know. */
export interface WaiverFacts {
  /** What its policy does where it is not met. */
  effect: FieldsOf<typeof policyRecord>['effect'];
}

/** What a waiver must fulfil to be granted. */
export const waiverRules = rulesOf<typeof waiverRecord, WaiverFacts>({
  'policy-waivable': {
    sentence: 'The policy may be waived.',
    needs: ['effect'],
    gives: ['waiver.not-waivable'],
    check: ({ facts }) =>
      facts.effect === 'waivable'
        ? []
        : [
            refusal(
              'waiver.not-waivable',
              'This policy cannot be waived.',
              'Mend the subject, or have the policy revised.',
            ),
          ],
  },
  'ends-later': {
    sentence: 'It ends on a day to come.',
    gives: ['waiver.past'],
    check: ({ values, now }) => {
      const until = values.validUntil;
      if (until === null || until > now.slice(0, 10)) return [];
      return [timed(refusal('waiver.past', `${until} is over.`, 'Give a later day.', 'validUntil'), until)];
    },
  },
});
