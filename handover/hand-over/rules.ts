import type { Rule, RuleOn } from '../../core/record/define/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { HandOverKind, HandOverRecord } from './record.ts';

/** A record of the manifest as it stands now. */
export interface Standing {
  id: string;
  contentHash: string;
}

/** What every hand-over must fulfil to be accepted or returned. */
/** What the rules of every hand-over need to know. */
export interface HandOverFacts {
  standing: readonly Standing[];
}

/** Its own rules; those of its kind come with `handOver` (commands.ts). */
type CommonRule = 'nothing-changed' | 'manifest-complete' | 'findings-named';

export function handOverRules({
  parts,
}: Pick<HandOverKind, 'parts'>): Readonly<Record<CommonRule, RuleOn<HandOverRecord, HandOverFacts>>> {
  return {
    'nothing-changed': {
      sentence: 'Everything handed over still reads as it was offered.',
      needs: ['standing'],
      gives: ['hand-over.stale'],
      check: ({ values, facts }) => {
        return (values.contents ?? [])
          .filter(({ role }) => !parts[role]?.goesOn)
          .filter(({ id, contentHash }) => facts.standing.find((each) => each.id === id)?.contentHash !== contentHash)
          .map(({ ref, title, version }) =>
            refusal(
              'hand-over.stale',
              `${ref} ${title} was edited after it was offered in version ${version}.`,
              'Return it or have it withdrawn, so that the next edition is offered as things stand now.',
              'contents',
            ),
          );
      },
    },
    'manifest-complete': {
      sentence: 'Every part that belongs to it is there.',
      gives: ['hand-over.incomplete'],
      check: ({ values }) =>
        Object.entries(parts)
          .filter(([role, { least }]) => (values.contents ?? []).filter((item) => item.role === role).length < least)
          .map(([role]) =>
            refusal(
              'hand-over.incomplete',
              `Its manifest names no ${role.replaceAll('-', ' ')}.`,
              'Return it, so that it is offered anew with all its parts.',
              'contents',
            ),
          ),
    },
    'findings-named': {
      sentence: 'At least one finding says what is to be mended.',
      gives: ['hand-over.no-finding'],
      check: ({ values }) =>
        values.findings?.length
          ? []
          : [
              refusal(
                'hand-over.no-finding',
                'It is returned without a finding.',
                'Name what is to be mended, and on which record.',
                'findings',
              ),
            ],
    },
  };
}

/** The newest edition that hands a record over; null where it never was. */
export interface Newest {
  ref: string;
  state: string;
}

/** The newest edition of what a fact names (see `newestHandOver`) stands in one of some states. */
export function handedOver<const N extends string>(
  fact: N,
  states: readonly string[],
  { code, what, hint }: { code: string; what: string; hint: string },
): Rule<object, Readonly<Record<N, Newest | null>>> {
  return {
    sentence: `${what} is handed over: ${states.join(' or ')}, not returned or withdrawn.`,
    needs: [fact],
    gives: [code],
    check: ({ facts }) => {
      const newest = facts[fact];
      if (newest && states.includes(newest.state)) return [];
      return [refusal(code, newest ? `${newest.ref} is ${newest.state}.` : `${what} was not handed over.`, hint)];
    },
  };
}

/** For the fact `handOver`: what waits for an answer or was accepted is not offered again. */
export const mayOfferAgain: Rule<object, { handOver: Newest | null }> = {
  sentence: 'No hand-over of it is offered or accepted.',
  needs: ['handOver'],
  gives: ['hand-over.standing'],
  check: ({ facts: { handOver: newest } }) => {
    if (!newest || !['offered', 'accepted'].includes(newest.state)) return [];
    const hint =
      newest.state === 'offered' ? 'Wait for its answer, or withdraw it.' : 'There is nothing left to hand over.';
    return [refusal('hand-over.standing', `${newest.ref} is ${newest.state}.`, hint)];
  },
};
