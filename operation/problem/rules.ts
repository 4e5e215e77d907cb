import { rulesOf } from '../../core/record/define/rule.ts';
import type { ContextOn } from '../../core/record/define/rule.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import type { Grant } from '../../core/permission/principal.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import { saysWhere } from '../incident/index.ts';
import type { problemRecord } from './record.ts';

const ranks = {
  frequency: { often: 3, sometimes: 2, rarely: 1 },
  impact: { '1': 4, '2': 3, '3': 2, '4': 1 },
  recurrenceCost: { high: 3, medium: 2, low: 1 },
} as const;

/** The least product of the three ranks, of 36 at most, that gives a priority. */
const priorities = [
  [18, 'P1'],
  [8, 'P2'],
  [4, 'P3'],
  [1, 'P4'],
] as const;

/**
 * Priority from how often it comes, what it does and what it costs each time (model B.18): the product of their ranks. Null
 * until all three are known.
 * @example problemPriority({ frequency: 'often', impact: '2', recurrenceCost: 'medium' }) // 'P1': 3 x 3 x 2 = 18
 */
export function problemPriority(
  fields: Pick<FieldsOf<typeof problemRecord>, keyof typeof ranks>,
): (typeof priorities)[number][1] | null {
  const { frequency, impact, recurrenceCost } = fields;
  if (frequency === null || impact === null || recurrenceCost === null) return null;
  const product = ranks.frequency[frequency] * ranks.impact[impact] * ranks.recurrenceCost[recurrenceCost];
  return priorities.find(([least]) => product >= least)?.[1] ?? null;
}

/** What carries the fix out: a change or an improvement, with how far it is. */
export interface Fix {
  ref: string;
  type: string;
  state: string;
}

/** What the rules of a problem need to know. */
export interface ProblemFacts {
  hasIncidents: boolean;
  hasEvidence: boolean;
  fixes: readonly Fix[];
  /** Titles of customers whose incidents it caused, and who are not named. */
  unnamedCustomers: readonly string[];
}

/** States of what resolves it: a change or an improvement. */
export const successful = [
  'closed_successful',
  'closed_successful_with_issues',
  'implemented',
  'verifying',
  'verified_effective',
];
export const givenUp = ['rejected', 'cancelled', 'declined', 'merged', 'closed_failed_backed_out'];

/** Origins that are named in words: there is no record of them to link. */
const named = ['major_incident', 'trend', 'supplier', 'test', 'event', 'judgement'];

const answered = (fields: readonly (readonly [keyof FieldsOf<typeof problemRecord>, string])[]) => {
  return ({ values }: ContextOn<typeof problemRecord>) =>
    fields
      .filter(([name]) => !values[name])
      .map(([name, what]) => refusal('problem.not-argued', `${what} is not said.`, 'Propose it with all of it.', name));
};

/** What a problem must fulfil (model B.18). */
export const problemRules = rulesOf<typeof problemRecord, ProblemFacts>({
  'says-where': saysWhere('problem'),
  'origin-shown': {
    sentence: 'Its incidents are linked, or what it was detected by is named.',
    needs: ['hasIncidents'],
    gives: ['problem.origin-unnamed', 'problem.no-incidents'],
    check: ({ values, facts }) =>
      named.includes(String(values.source))
        ? unless(
            Boolean(values.sourceNamed),
            refusal(
              'problem.origin-unnamed',
              'It is not said which major incident, trend, notice, defect, event or judgement it was detected by.',
              'Name it.',
              'sourceNamed',
            ),
          )
        : unless(
            facts.hasIncidents,
            refusal(
              'problem.no-incidents',
              'No incident is linked to it.',
              'Link the incidents as "caused by" this problem, or say what else it was detected by.',
              'source',
            ),
          ),
  },
  'evidence-attached': {
    sentence: 'A cause says what shows it, or evidence is attested.',
    needs: ['hasEvidence'],
    gives: ['problem.no-evidence'],
    check: ({ values, facts }) =>
      unless(
        facts.hasEvidence || (values.causes ?? []).some(({ shownBy }) => Boolean(shownBy)),
        refusal(
          'problem.no-evidence',
          'No evidence is attached.',
          'Name beside a cause what shows it, or attest it.',
          'causes',
        ),
      ),
  },
  'cause-stated': {
    sentence: 'It states at least one cause.',
    gives: ['problem.no-cause'],
    check: ({ values }) =>
      unless(
        Boolean(values.causes?.length),
        refusal('problem.no-cause', 'No cause is stated.', 'Say at least one: what, and because of what.', 'causes'),
      ),
  },
  'factors-stated': {
    sentence: 'It states what contributed: in the process, the design or elsewhere.',
    gives: ['problem.no-factors'],
    check: ({ values }) =>
      unless(
        Boolean(values.contributingFactors?.length),
        refusal(
          'problem.no-factors',
          'No contributing factor is stated.',
          'Say what let the cause arise or stay unseen.',
          'contributingFactors',
        ),
      ),
  },
  'fix-raised': {
    sentence: 'A change or an improvement is raised that resolves it.',
    needs: ['fixes'],
    gives: ['problem.no-fix'],
    check: ({ facts }) =>
      unless(
        facts.fixes.some(({ state }) => !givenUp.includes(state)),
        refusal(
          'problem.no-fix',
          'No change and no improvement is raised that resolves it.',
          'Link one as "resolved by", or propose to live with it.',
        ),
      ),
  },
  'fix-implemented': {
    sentence: 'What resolves it was implemented successfully.',
    needs: ['fixes'],
    gives: ['problem.no-fix', 'problem.fix-not-implemented'],
    check: ({ facts }) => {
      const standing = facts.fixes.filter(({ state }) => !givenUp.includes(state));
      const waiting = standing.filter(({ state }) => !successful.includes(state));
      if (!standing.length)
        return [
          refusal(
            'problem.no-fix',
            'Nothing resolves it: what was linked was given up or failed.',
            'Think the resolution over.',
          ),
        ];
      return waiting.map(({ ref, state }) =>
        refusal(
          'problem.fix-not-implemented',
          `${ref} is ${state.replaceAll('_', ' ')}: it is not implemented successfully.`,
          'Wait for it, or think the resolution over.',
        ),
      );
    },
  },
  'acceptance-argued': {
    sentence: 'Cost and benefit of a fix, the impact that is left and the day of its review are said.',
    gives: ['problem.not-argued'],
    check: answered([
      ['costBenefit', 'What a fix costs and gives'],
      ['residualImpact', 'What impact is left'],
      ['reviewAt', 'When it is reviewed again'],
    ]),
  },
  'review-ahead': {
    sentence: 'It is reviewed again on a day to come.',
    gives: ['problem.review-past'],
    check: ({ values, now }) =>
      unless(
        values.reviewAt === null || values.reviewAt > now.slice(0, 10),
        refusal('problem.review-past', 'The day of its review has passed.', 'Choose a day to come.', 'reviewAt'),
      ),
  },
  'customers-named': {
    sentence: 'It names every customer whose incidents it caused: each of them decides.',
    needs: ['unnamedCustomers'],
    gives: ['problem.no-customer', 'problem.customer-unnamed'],
    check: ({ record, facts, actor }) => [
      ...unless(
        record.customers.length > 0,
        refusal(
          'problem.no-customer',
          'It names no customer who could accept it.',
          'Share it with the customers concerned.',
        ),
      ),
      // Which they are is nothing for each other.
      ...told(facts.unnamedCustomers, actor).map((title) =>
        refusal(
          'problem.customer-unnamed',
          `It caused incidents of ${title}, who is not named.`,
          'Share it with them as well.',
        ),
      ),
    ],
  },
});

/** Customers by name, for who sees the provider; for a customer, that there is another. */
function told(titles: readonly string[], { kind, grants }: { kind?: string; grants: readonly Grant[] }): string[] {
  const seesAll = kind === 'system' || grants.some(({ side }) => side === 'P' || side === 'A');
  return seesAll ? [...titles] : titles.slice(0, 1).map(() => 'another customer');
}
