// Who authorises a change: the higher its risk, the higher who decides (model B.7). Nobody below that level does.
import { passedBy } from '../../core/decision/standing.ts';
import type { ContextOn, RuleOn } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import type { ChangeFacts } from './facts.ts';
import type { changeRecord } from './record.ts';
import { riskOf, whyLevel } from './risk.ts';
import type { Level, RiskFactors } from './risk.ts';

type Context = ContextOn<typeof changeRecord, ChangeFacts>;
type Rule = RuleOn<typeof changeRecord, ChangeFacts>;

const factorsOf = ({ values, facts }: Context): RiskFactors => ({ ...values, costOverLimit: facts.costOverLimit });
const levelOf = (context: Context): Level | null => riskOf(factorsOf(context)).level;

const board = { code: 'P12', quorum: 'two_people' } as const;

/** At L1 the business decides for itself: every customer, or the board where the change touches none. */
const riskTaken = ({ facts: { decisions, customers, together } }: Context): boolean =>
  passedBy({ code: 'G13', quorum: customers.length ? 'every_customer' : 'one' }, decisions, customers, together);

function lacking(context: Context, gate: string): Refusal[] {
  const level = levelOf(context);
  const why = whyLevel(factorsOf(context));
  const { facts, actor } = context;
  if (level === 'L1')
    return unless(
      riskTaken(context),
      refusal(
        'change.authority',
        `At level L1 (${why}) the business decides, and has not as the change reads now.`,
        'Ask the business (gate G13); then it is authorised here.',
      ),
    );
  if (level === 'L2')
    return unless(
      passedBy(board, facts.decisions, [], facts.together),
      refusal(
        'change.authority',
        `At level L2 (${why}) two of the management board decide, and have not as the change reads now.`,
        'Ask the board (gate P12); then it is authorised here.',
      ),
    );
  return unless(
    level !== 'L3' || facts.advice.some((each) => each.gate === gate && each.by !== actor.id),
    refusal(
      'change.advice',
      `At level L3 (${why}) the change manager decides after advice, and nobody else has advised on it as it reads now.`,
      `Ask somebody whom it concerns to state "Advice" at gate ${gate}; it may be decided against it, with the reason.`,
    ),
  );
}

const authorityFor = (gate: string): Rule => ({
  sentence: 'Whoever its level asks for has decided: the business at L1, the board at L2, at L3 others have advised.',
  needs: ['decisions', 'together', 'costOverLimit', 'customers', 'advice'],
  gives: ['change.authority', 'change.advice'],
  check: (context) => lacking(context, gate),
});

const atLevel = (asked: Level, who: string): Rule => ({
  sentence: `It stands at level ${asked}.`,
  needs: ['costOverLimit'],
  gives: ['change.other-level'],
  check: (context) =>
    unless(
      levelOf(context) === asked,
      refusal(
        'change.other-level',
        `It stands at ${levelOf(context) ?? 'no level yet'} (${whyLevel(factorsOf(context))}); ${who} decides at ${asked}.`,
        'It is authorised at the level that it stands at.',
      ),
    ),
});

export const authorityRules = {
  'authority-for-build': authorityFor('P4'),
  'authority-for-deployment': authorityFor('P9'),
  'at-business-level': atLevel('L1', 'the business'),
  'at-board-level': atLevel('L2', 'the management board'),
} as const;
