import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { criterionWaiverRecord } from './record.ts';

export interface Criterion {
  criterion: string;
  statement: string;
  state: string;
}

/** What the rules of a waiver need to know. */
export interface CriterionWaiverFacts {
  /** The criteria of what it is about. */
  criteria: readonly Criterion[];
}

/** What a waiver of a criterion must fulfil (model C.4). */
export const criterionWaiverRules = rulesOf<typeof criterionWaiverRecord, CriterionWaiverFacts>({
  'criterion-open': {
    sentence: 'The criterion is one that stands there as proposed, and is not met.',
    needs: ['criteria'],
    gives: ['criterion-waiver.no-criterion', 'criterion-waiver.met'],
    check: ({ facts, values }) => {
      const found = facts.criteria.find(
        ({ criterion, statement }) => criterion === values.criterion && statement === values.statement,
      );
      if (!found)
        return [
          refusal(
            'criterion-waiver.no-criterion',
            `There is no criterion "${values.criterion}" that asks what stands here.`,
            'Name one as it stands there now, and save the waiver again.',
            'criterion',
          ),
        ];
      return unless(
        found.state === 'unmet',
        refusal(
          'criterion-waiver.met',
          `${values.criterion} is met.`,
          'Nothing has to be waived: drop it.',
          'criterion',
        ),
      );
    },
  },
  'ends-later': {
    sentence: 'It ends on a day to come.',
    gives: ['criterion-waiver.ends'],
    check: ({ values, now }) =>
      unless(
        values.validUntil !== null && values.validUntil >= now.slice(0, 10),
        refusal('criterion-waiver.ends', 'Its last day is over.', 'Name a day to come.', 'validUntil'),
      ),
  },
  'term-over': {
    sentence: 'Its last day is over.',
    gives: ['criterion-waiver.runs'],
    check: ({ values, now }) =>
      unless(
        values.validUntil !== null && values.validUntil < now.slice(0, 10),
        refusal('criterion-waiver.runs', 'Its last day is not over.', 'It expires by itself.'),
      ),
  },
});
