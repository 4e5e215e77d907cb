import { isZone } from '../../core/clock/zone.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { Grant } from '../../core/permission/principal.ts';
import type { freezeRecord } from './record.ts';

/** What the rules of a freeze need to know. */
export interface FreezeFacts {
  /** Changes whose window it overlaps, by id, each with who raised and who owns it. */
  changes: Readonly<Record<string, { ref: string; people: readonly (string | null)[] }>>;
}

/** A provider's person declares for the provider; everybody else for their own organisation. */
export const sideOf = (grants: readonly Pick<Grant, 'side'>[]): 'B' | 'P' =>
  grants.some(({ side }) => side === 'P') ? 'P' : 'B';

/** What a freeze and its exceptions must fulfil (model B.7.7, J.18). */
export const freezeRules = rulesOf<typeof freezeRecord, FreezeFacts>({
  'days-hold': {
    sentence: 'It ends after it begins, in a known zone.',
    gives: ['freeze.days', 'freeze.zone'],
    check: ({ values }) => {
      const { freezeFrom, freezeTo, freezeZone } = values;
      return [
        ...unless(
          freezeTo > freezeFrom,
          refusal('freeze.days', 'The freeze ends before it begins.', 'Mend the dates.', 'freezeTo'),
        ),
        ...unless(
          isZone(freezeZone),
          refusal(
            'freeze.zone',
            `"${freezeZone}" is no time zone.`,
            'Give an IANA name such as Europe/London.',
            'freezeZone',
          ),
        ),
      ];
    },
  },
  'names-service': {
    sentence: 'What the business freezes names its service.',
    gives: ['freeze.service'],
    check: ({ values, actor }) =>
      unless(
        sideOf(actor.grants) === 'P' || Boolean(values.service),
        refusal(
          'freeze.service',
          'Every service is frozen by the provider alone.',
          'Name the service that you freeze.',
          'service',
        ),
      ),
  },
  'own-side': {
    sentence: 'The side that declared it lifts it and lets changes through.',
    gives: ['freeze.other-side'],
    check: ({ values, actor }) => {
      const side = values.declaredBySide;
      return unless(
        actor.grants.some((grant) => grant.side === side),
        refusal(
          'freeze.other-side',
          side === 'B' ? 'The business declared it.' : 'The provider declared it.',
          'Ask someone of that side.',
        ),
      );
    },
  },
  'for-another': {
    sentence: 'Who lets a change through neither raised nor owns it.',
    needs: ['changes'],
    gives: ['freeze.own-change'],
    check: ({ values, facts, actor }) => {
      const change = facts.changes[values.exceptionFor ?? ''];
      return unless(
        !change?.people.includes(actor.id),
        refusal(
          'freeze.own-change',
          `${change?.ref ?? 'The change'} is your own.`,
          'Ask another who may grant exceptions.',
          'exceptionFor',
        ),
      );
    },
  },
});
