import { implement } from '../../../core/lifecycle/rule.ts';
import { refusal } from '../../../core/refusal/refusal.ts';
import { measurementRecord } from './record.ts';

/** What the store tells of a measurement's outcome and period. */
export interface PeriodFacts {
  owner: string | null;
  ref: string;
  /** References of measurements whose period overlaps. */
  taken: string[];
  /** The whole period lies within live intervals of the outcome's service for its customer. */
  live: boolean;
  /** The day it is where the customer is. */
  today: string;
}

const periodIn = (facts: Readonly<Record<string, unknown>>) => facts['period'] as PeriodFacts; // the store's reader

/** What a measured value must fulfil (INV-7). */
export const measurementRules = implement(measurementRecord.lifecycle, {
  'by-the-owner': {
    sentence: "It is entered by the outcome's owner.",
    needs: ['period'],
    check: ({ facts, actor }) => {
      const { owner, ref } = periodIn(facts);
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
    check: ({ values }) =>
      String(values['periodFrom']) <= String(values['periodTo'])
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
    check: ({ facts, values }) =>
      String(values['periodTo']) < periodIn(facts).today
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
    check: ({ facts }) => {
      const { taken } = periodIn(facts);
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
    check: ({ facts }) =>
      periodIn(facts).live
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
