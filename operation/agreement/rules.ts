import { readCalendar } from '../../core/clock/read-calendar.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { agreementRecord } from './record.ts';

/** What the rules of an agreement need to know. */
export interface AgreementFacts {
  /** When the last version in force for its service and customer began; null where there was none. */
  lastFrom: string | null;
}

/** What an agreement must fulfil (model B.24). */
export const agreementRules = rulesOf<typeof agreementRecord, AgreementFacts>({
  'shared-with-customer': {
    sentence: 'It is shared with its customer, and with no other.',
    gives: ['agreement.customer'],
    check: ({ record, values }) =>
      unless(
        record.customers.length === 1 && record.customers[0] === values.customer,
        refusal(
          'agreement.customer',
          'It is not shared with exactly the customer that it is made with.',
          'Share it with that customer alone.',
          'customers',
        ),
      ),
  },
  'service-hours': {
    sentence: 'Its service hours can be computed with.',
    gives: ['calendar.form', 'calendar.date', 'calendar.interval', 'calendar.zone'],
    check: ({ values }) => readCalendar(values.calendar).refusals,
  },
  'targets-set': {
    sentence: 'It sets a target for at least one priority, each priority once.',
    gives: ['agreement.no-target', 'agreement.target-twice'],
    check: ({ values }) => {
      const named = (values.targets ?? []).map(({ priority }) => priority);
      if (!named.length)
        return [refusal('agreement.no-target', 'It sets no target.', 'Add the targets by priority.', 'targets')];
      return unless(
        new Set(named).size === named.length,
        refusal('agreement.target-twice', 'A priority has two targets.', 'Keep one for each priority.', 'targets'),
      );
    },
  },
  'signs-for-customer': {
    sentence: "The signer is the customer's own representative.",
    gives: ['agreement.other-customer'],
    check: ({ actor, values }) =>
      unless(
        actor.grants.some(({ role, customer }) => role === 'CUS' && customer === values.customer),
        refusal(
          'agreement.other-customer',
          'You do not represent the customer of this agreement.',
          "Ask the customer's representative.",
        ),
      ),
  },
  'signed-by-both': {
    sentence: 'Customer and provider have signed what it says now.',
    gives: ['agreement.unsigned'],
    check: ({ values }) =>
      unless(
        Boolean(values.signedByCustomer) && Boolean(values.signedByProvider),
        refusal('agreement.unsigned', 'Both sides have not signed yet.', 'Have both sign.'),
      ),
  },
  begins: {
    sentence: 'It says from when it is in force.',
    gives: ['agreement.no-start'],
    check: ({ values }) =>
      unless(
        Boolean(values.effectiveFrom),
        refusal('agreement.no-start', 'It does not say from when.', 'Give the start and sign again.', 'effectiveFrom'),
      ),
  },
  'not-back-dated': {
    sentence: 'It does not reach back over an agreement that was in force.',
    needs: ['lastFrom'],
    gives: ['agreement.back-dated'],
    check: ({ facts, values, now }) => {
      const from = values.effectiveFrom;
      return unless(
        facts.lastFrom === null || from === null || from >= now,
        refusal(
          'agreement.back-dated',
          'An earlier agreement governs the past and is not overwritten.',
          'Let it begin now or later, and sign again.',
          'effectiveFrom',
        ),
      );
    },
  },
  unamended: {
    sentence: 'It says what the version in force says.',
    gives: ['agreement.amended'],
    check: ({ record, values }) =>
      unless(
        values.hashInForce === record.contentHash,
        refusal('agreement.amended', 'It was edited in the review.', 'Negotiate the amendment and have it signed.'),
      ),
  },
});
