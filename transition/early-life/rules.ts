import { dayMs } from '../../core/clock/units.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, timed, unless } from '../../core/refusal/refusal.ts';
import { handedOver } from '../../handover/hand-over/rules.ts';
import type { Newest } from '../../handover/hand-over/rules.ts';
import { isWaived } from '../criterion-waiver/index.ts';
import type { GrantedWaiver } from '../criterion-waiver/index.ts';
import type { earlyLifeRecord } from './record.ts';

/** What the rules of early life support need to know. */
export interface EarlyLifeFacts {
  /** Of its release. */
  handOver: Newest | null;
  /** What the business does without. */
  waivers: readonly GrantedWaiver[];
}

/** The window of standard and regulated services, in days (model B.11); a light one may be shorter. */
export const usualWindowDays = 20;

/** The instant at which an observation window is over. */
export function windowEnd(windowFrom: string, windowDays: number): string {
  return new Date(Date.parse(windowFrom) + windowDays * dayMs).toISOString();
}

/** What early life support must fulfil (model B.11, C.6). */
export const earlyLifeRules = rulesOf<typeof earlyLifeRecord, EarlyLifeFacts>({
  'team-named': {
    sentence: 'A team is named.',
    gives: ['early-life.team'],
    check: ({ values }) =>
      unless(
        Boolean(values.team),
        refusal('early-life.team', 'No team is named.', 'Name the team and its daily review.', 'team'),
      ),
  },
  'has-criteria': {
    sentence: 'It has exit criteria.',
    gives: ['early-life.no-criteria'],
    check: ({ values }) =>
      unless(
        Boolean(values.criteria?.length),
        refusal('early-life.no-criteria', 'It has no exit criteria.', 'Add them.', 'criteria'),
      ),
  },
  'window-long-enough': {
    sentence: `The observation window has at least ${usualWindowDays} days, unless the profile is light.`,
    gives: ['early-life.window'],
    check: ({ values, record }) =>
      unless(
        record.profile === 'light' || (values.windowDays ?? 0) >= usualWindowDays,
        refusal(
          'early-life.window',
          `The observation window is shorter than ${usualWindowDays} days.`,
          'Lengthen it; only a light profile may have a shorter one.',
          'windowDays',
        ),
      ),
  },
  'window-over': {
    sentence: 'The whole observation window has passed.',
    gives: ['early-life.not-observed', 'early-life.window-open'],
    check: ({ values, now }) => {
      const from = values.windowFrom;
      if (from === null)
        return [refusal('early-life.not-observed', 'The observation has not begun.', 'It begins with go-live.')];
      const end = windowEnd(from, values.windowDays ?? 0);
      return unless(
        now >= end,
        timed(
          refusal('early-life.window-open', `The observation window lasts until ${end}.`, 'Wait until it is over.'),
          end,
        ),
      );
    },
  },
  'criteria-met': {
    sentence: 'Every exit criterion is met, or waived by the business.',
    needs: ['waivers'],
    gives: ['early-life.criterion'],
    check: ({ values, facts, now }) =>
      (values.criteria ?? [])
        .filter((each) => each.state === 'unmet' && !isWaived(each, facts.waivers, now))
        .map(({ criterion, statement }) =>
          refusal(
            'early-life.criterion',
            `${criterion} is not met: ${statement}.`,
            'Record its value, or propose a waiver, which the business decides (gate G12).',
            'criteria',
          ),
        ),
  },
  'operations-accept': handedOver('handOver', ['accepted'], {
    code: 'early-life.operations',
    what: 'Its release',
    hint: 'Ask the operations manager to accept the hand-over of the release.',
  }),
});
