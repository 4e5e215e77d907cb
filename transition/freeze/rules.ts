import { isZone } from '../../core/clock/zone.ts';
import { implement } from '../../core/lifecycle/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import { freezeLifecycle } from './lifecycle.ts';

interface Excepted {
  ref: string;
  people: (string | null)[];
}

const when = (ok: boolean, no: Refusal): Refusal[] => (ok ? [] : [no]);

/** What a freeze and its exceptions must fulfil (domain B.7 #7, J.18). */
export const freezeRules = implement(freezeLifecycle, {
  'days-hold': {
    sentence: 'It ends after it begins, in a known zone.',
    check: ({ values }) => {
      const { freezeFrom, freezeTo, freezeZone } = values as Record<string, string>; // required by the fields' schemas
      return [
        ...when(
          String(freezeTo) > String(freezeFrom),
          refusal('freeze.days', 'The freeze ends before it begins.', 'Mend the dates.', 'freezeTo'),
        ),
        ...when(
          typeof freezeZone === 'string' && isZone(freezeZone),
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
  'for-another': {
    sentence: 'Who lets a change through neither raised nor owns it.',
    needs: ['changes'],
    check: ({ values, facts, actor }) => {
      const changes = (facts['changes'] ?? {}) as Record<string, Excepted>; // the store's expression
      const change = changes[String(values['exceptionFor'])];
      return when(
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
