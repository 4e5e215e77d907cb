import { findingsAnswered } from '../../core/decision/findings.ts';
import { gatePassed } from '../../core/decision/standing.ts';
import { isZone } from '../../core/clock/zone.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import type { RuleOn } from '../../core/record/define/rule.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import { refusal, timed, unless } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import { authorityRules } from './authority.ts';
import type { ChangeFacts } from './facts.ts';
import { changeRecord } from './record.ts';

type Check = RuleOn<typeof changeRecord, ChangeFacts>['check'];
type ChangeField = keyof FieldsOf<typeof changeRecord>;

const labelOf = (field: ChangeField) => changeRecord.fields[field].label;

/** One refusal for each of the fields that is empty. */
const filled =
  (code: string, fields: readonly ChangeField[]): Check =>
  ({ values }) =>
    fields
      .filter((field) => values[field] === null)
      .map((field) => refusal(code, `"${labelOf(field)}" is not answered.`, 'Fill it in.', field));

const inStates = (states: readonly string[], code: string, what: string, hint: string): Check => {
  return ({ facts }) =>
    facts.releases
      .filter((release) => !states.includes(release.state))
      .map((release) => refusal(code, `${release.ref} is ${release.state.replaceAll('_', ' ')}, not ${what}.`, hint));
};

/** What a change must fulfil (model B.7). */
export const changeRules = rulesOf<typeof changeRecord, ChangeFacts>({
  'says-why': {
    sentence: 'It says why, and which service it concerns.',
    gives: ['change.incomplete'],
    check: filled('change.incomplete', ['reason', 'service']),
  },
  'linked-up': {
    sentence: 'It is linked to what calls for it.',
    needs: ['linked'],
    gives: ['change.no-origin'],
    check: ({ facts }) =>
      unless(
        facts.linked,
        refusal(
          'change.no-origin',
          'Nothing calls for this change.',
          'Link the release, design package, improvement or other record that needs it.',
        ),
      ),
  },
  'seven-questions': {
    sentence: 'The seven questions are answered: raised, reason, return, risks, resources, responsible, relationships.',
    gives: ['change.question'],
    check: filled('change.question', [
      'raisedBy',
      'reason',
      'benefit',
      'risks',
      'resources',
      'responsible',
      'relationships',
    ]),
  },
  plans: {
    sentence: 'It has a back-out plan, a test plan, and says what it does to agreed service levels.',
    gives: ['change.plan'],
    check: filled('change.plan', ['backOutPlan', 'testPlan', 'agreementImpact']),
  },
  'risk-assessed': {
    sentence: 'Impact and likelihood are assessed.',
    gives: ['change.risk'],
    check: filled('change.risk', ['impact', 'likelihood']),
  },
  ...authorityRules,
  'findings-answered': findingsAnswered('P4'),
  'window-proposed': {
    sentence: 'A window and the criteria of the review are proposed.',
    gives: ['change.no-window'],
    check: filled('change.no-window', ['windowFrom', 'windowTo', 'windowZone', 'reviewCriteria']),
  },
  'window-holds': {
    sentence: 'The window ends after it begins, in a known zone.',
    gives: ['change.window', 'change.back-out-latest', 'change.zone'],
    check: windowHolds,
  },
  'no-collision': {
    sentence: 'No other scheduled change of the service overlaps its window.',
    needs: ['collisions'],
    gives: ['change.collision'],
    check: ({ facts }) =>
      facts.collisions.map((ref) =>
        refusal(
          'change.collision',
          `The window overlaps that of ${ref} on the same service.`,
          'Propose another window; one that only touches is fine.',
          'windowFrom',
        ),
      ),
  },
  'no-freeze': {
    sentence: 'No freeze overlaps its window, or the freeze lets it through.',
    needs: ['freezes'],
    gives: ['change.freeze'],
    check: ({ facts }) =>
      facts.freezes.map((ref) =>
        refusal(
          'change.freeze',
          `The window lies in ${ref}.`,
          'Propose a window outside the freeze, or ask whoever declared it to let this change through.',
          'windowFrom',
        ),
      ),
  },
  'releases-accepted': {
    sentence: 'Every release it brings is accepted by the customers.',
    needs: ['releases'],
    gives: ['change.release-not-accepted'],
    check: inStates(
      ['accepted', 'deploying', 'deployed', 'verified', 'closed'],
      'change.release-not-accepted',
      'accepted',
      'Have the customers accept the release (gate G4) first.',
    ),
  },
  'releases-landed': {
    sentence: 'Every release it brings is verified, or backed out.',
    needs: ['releases'],
    gives: ['change.release-open'],
    check: inStates(
      ['verified', 'closed', 'backed_out'],
      'change.release-open',
      'verified',
      'Verify the deployment (gate P10) first.',
    ),
  },
  'authorisation-stands': {
    sentence: 'The authorisation to deploy stands for what the change says now.',
    needs: ['decisions'],
    gives: ['change.not-authorised'],
    check: ({ facts }) =>
      unless(
        gatePassed(facts.decisions, 'P9', null),
        refusal(
          'change.not-authorised',
          'The authorisation to deploy (gate P9) does not stand.',
          'Have the deployment authorised anew.',
        ),
      ),
  },
  'window-ahead': {
    sentence: 'The window is not over.',
    gives: ['change.window-over'],
    check: ({ values, now }) =>
      unless(
        values.windowTo !== null && values.windowTo > now,
        refusal('change.window-over', 'The window is over.', 'Give it up and propose another.', 'windowTo'),
      ),
  },
  'in-window': {
    sentence: 'Now lies in the window.',
    gives: ['change.outside-window'],
    check: ({ values: { windowFrom, windowTo }, now }) =>
      unless(
        windowFrom !== null && windowTo !== null && windowFrom <= now && now < windowTo,
        timed(
          refusal(
            'change.outside-window',
            `It is now ${now}, and the window is ${windowFrom} to ${windowTo}.`,
            'Wait for the window, or propose another.',
          ),
          ...[now, windowFrom, windowTo].filter((each) => each !== null),
        ),
      ),
  },
  'not-backed-out': {
    sentence: 'It was not backed out.',
    gives: ['change.backed-out'],
    check: ({ values }) =>
      unless(
        values.backedOut !== true,
        refusal('change.backed-out', 'It was backed out.', 'Close it as failed and backed out.'),
      ),
  },
  'backed-out': {
    sentence: 'It was backed out.',
    gives: ['change.not-backed-out'],
    check: ({ values }) =>
      unless(
        values.backedOut === true,
        refusal('change.not-backed-out', 'It was not backed out.', 'Choose the outcome that it had.'),
      ),
  },
  'failure-followed-up': {
    sentence: 'What went wrong is followed up by a linked record.',
    needs: ['followUps'],
    gives: ['change.no-follow-up'],
    check: ({ facts }) =>
      unless(
        facts.followUps.length > 0,
        refusal('change.no-follow-up', 'Nothing follows up what went wrong.', 'Link a problem or an improvement.'),
      ),
  },
});

function windowHolds({ values }: Parameters<Check>[0]): Refusal[] {
  const { windowFrom, windowTo, backOutLatest, windowZone } = values;
  const refusals: Refusal[] = [];
  if (windowFrom && windowTo && windowTo <= windowFrom)
    refusals.push(refusal('change.window', 'The window ends before it begins.', 'Mend the dates.', 'windowTo'));
  if (windowFrom && windowTo && backOutLatest && (backOutLatest < windowFrom || backOutLatest > windowTo))
    refusals.push(
      refusal(
        'change.back-out-latest',
        'The latest moment to back out lies outside the window.',
        'Choose one inside it.',
        'backOutLatest',
      ),
    );
  if (windowZone && !isZone(windowZone))
    refusals.push(
      refusal(
        'change.zone',
        `"${windowZone}" is no time zone.`,
        'Give an IANA name such as Europe/London.',
        'windowZone',
      ),
    );
  return refusals;
}
