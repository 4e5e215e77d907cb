import { implement } from '../../core/lifecycle/rule.ts';
import { refusal, timed } from '../../core/refusal/refusal.ts';
import { policyRecord } from './record/policy.ts';
import { waiverRecord } from './record/waiver.ts';

/** What a policy must fulfil to come into force. */
export const policyRules = implement(policyRecord.lifecycle, {
  'date-reached': {
    sentence: 'Its first day has come.',
    check: ({ values, now }) => {
      const from = values['effectiveFrom'];
      if (typeof from !== 'string' || from <= now.slice(0, 10)) return [];
      return [
        timed(
          refusal('policy.too-early', `It comes into force on ${from}.`, 'Wait until then.', 'effectiveFrom'),
          from,
        ),
      ];
    },
  },
});

/** What a waiver must fulfil to be granted. */
export const waiverRules = implement(waiverRecord.lifecycle, {
  'policy-waivable': {
    sentence: 'The policy may be waived.',
    needs: ['effect'],
    check: ({ facts }) =>
      facts['effect'] === 'waivable'
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
    check: ({ values, now }) => {
      const until = values['validUntil'];
      if (typeof until !== 'string' || until > now.slice(0, 10)) return [];
      return [timed(refusal('waiver.past', `${until} is over.`, 'Give a later day.', 'validUntil'), until)];
    },
  },
});
