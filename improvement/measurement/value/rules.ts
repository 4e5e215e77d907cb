import { rulesOf } from '../../../core/record/define/rule.ts';
import { refusal } from '../../../core/refusal/refusal.ts';
import type { outcomeMeasurementRecord } from './record.ts';

/** What the store tells of a measurement's outcome and period. */
interface PeriodFacts {
  owner: string | null;
  ref: string;
  /** References of measurements whose period overlaps. */
  taken: string[];
  /** The whole period lies within live intervals of the outcome's service for its customer. */
  live: boolean;
  /** The day it is where the customer is. */
  today: string;
}

/** What the rules of a measured value need to know. */
export interface OutcomeMeasurementFacts {
  period: PeriodFacts;
}

/** What a measured value must fulfil (INV-7). */
export const outcomeMeasurementRules = rulesOf<typeof outcomeMeasurementRecord, OutcomeMeasurementFacts>({
  'by-the-owner': {
    sentence: "It is entered by the outcome's owner.",
    needs: ['period'],
    gives: ['value.not-owner'],
    check: ({ facts, actor }) => {
      const { owner, ref } = facts.period;
      if (owner === actor.id) return [];
      return [
        refusal(
          'value.not-owner',
          `${ref} is measured by its owner; that is someone else.`,
          'Ask the owner named on the outcome.',
        ),
      ];
    },
  },
  'period-ordered': {
    sentence: 'The period begins before it ends.',
    gives: ['value.period'],
    check: ({ values }) =>
      values.periodFrom <= values.periodTo
        ? []
        : [
            refusal(
              'value.period',
              'The period ends before it begins.',
              'Give the first and the last day.',
              'periodTo',
            ),
          ],
  },
  'period-over': {
    sentence: 'The period is over.',
    needs: ['period'],
    gives: ['value.not-over'],
    check: ({ facts, values }) =>
      values.periodTo < facts.period.today
        ? []
        : [
            refusal(
              'value.not-over',
              'The period is not over yet.',
              'Enter the value when its last day is over.',
              'periodTo',
            ),
          ],
  },
  'period-free': {
    sentence: 'No other value stands for these days.',
    needs: ['period'],
    gives: ['value.period-taken'],
    check: ({ facts }) => {
      const { taken } = facts.period;
      if (!taken.length) return [];
      return [
        refusal(
          'value.period-taken',
          `${taken.join(', ')} stands for some of these days.`,
          'Take that value back first, with the reason.',
          'periodFrom',
        ),
      ];
    },
  },
  'period-live': {
    sentence: 'The service was live for the customer in the whole period.',
    needs: ['period'],
    gives: ['value.not-live'],
    check: ({ facts }) =>
      facts.period.live
        ? []
        : [
            refusal(
              'value.not-live',
              'The service was not live for the customer in the whole period.',
              'Value comes from live use: give a period after go-live, in whole days.',
              'periodFrom',
            ),
          ],
  },
});
