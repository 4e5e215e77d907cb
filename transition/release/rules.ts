import { findingsAnswered } from '../../core/decision/findings.ts';
import { passedBy } from '../../core/decision/standing.ts';
import type { StandingDecision } from '../../core/decision/standing.ts';
import type { Together } from '../../core/decision/together.ts';
import type { Gate } from '../../core/lifecycle/gate.ts';
import type { Break } from '../../core/record/define/break.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import type { RuleOn } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import { mayOfferAgain } from '../../handover/hand-over/rules.ts';
import type { Newest } from '../../handover/hand-over/rules.ts';
import { isWaived } from '../criterion-waiver/index.ts';
import type { GrantedWaiver } from '../criterion-waiver/index.ts';
import { alteredIn } from './manifest.ts';
import type { releaseRecord } from './record.ts';

interface Linked {
  ref: string;
  state: string;
}

export interface ComponentFact extends Linked {
  id: string;
  hash: string;
}

/** What the rules of a release need to know. */
export interface ReleaseFacts {
  components: readonly ComponentFact[];
  changes: readonly Linked[];
  /** The designs it builds, and how far each is handed over. */
  designs: readonly { ref: string; handOver: Newest | null }[];
  support: readonly Linked[];
  handOver: Newest | null;
  decisions: readonly StandingDecision[];
  together: Together;
  /** Where the thread of the services that it brings would be broken, once they are live. */
  broken: readonly Pick<Break, 'code' | 'sentence' | 'hint'>[];
  /** What the business does without. */
  waivers: readonly GrantedWaiver[];
}

const words = (state: string) => state.replaceAll('_', ' ');

/** States of a change from its authorisation to build on. */
const authorised = [
  'authorised_build',
  'building',
  'built_tested',
  'authorised_deploy',
  'scheduled',
  'implementing',
  'implemented',
];
const baselined = ['baselined', 'in_service'];

const gateStands = (
  gate: string,
  sentence: string,
  quorum: Gate['quorum'],
  hint: string,
): RuleOn<typeof releaseRecord, ReleaseFacts> => ({
  sentence,
  needs: ['decisions', 'together'],
  gives: [`release.${gate.toLowerCase()}`],
  check: ({ facts, record }) =>
    unless(
      passedBy({ code: gate, quorum }, facts.decisions, record.customers, facts.together),
      refusal(`release.${gate.toLowerCase()}`, `There is no standing approval at gate ${gate}.`, hint),
    ),
});

/** What a release must fulfil (model B.8). */
export const releaseRules = rulesOf<typeof releaseRecord, ReleaseFacts>({
  'has-components': {
    sentence: 'It contains at least one component.',
    needs: ['components'],
    gives: ['release.empty'],
    check: ({ facts }) =>
      unless(
        facts.components.length > 0,
        refusal('release.empty', 'It contains nothing.', 'Link its components ("contains").'),
      ),
  },
  'changes-authorised': {
    sentence: 'A change authorises it, and each such change is authorised to build.',
    needs: ['changes'],
    gives: ['release.no-change', 'release.change-not-authorised'],
    check: ({ facts }) => {
      const changes = facts.changes;
      if (!changes.length)
        return [
          refusal(
            'release.no-change',
            'No change authorises it.',
            'Link the change ("authorised by") and authorise it.',
          ),
        ];
      return changes
        .filter(({ state }) => !authorised.includes(state))
        .map(({ ref, state }) =>
          refusal(
            'release.change-not-authorised',
            `${ref} is ${words(state)}, not authorised to build.`,
            'Have its build authorised (gate P4) first.',
          ),
        );
    },
  },
  'designs-handed-over': {
    sentence: 'Every design it builds is handed over to Transition, not returned or withdrawn.',
    needs: ['designs'],
    gives: ['release.design-not-handed-over'],
    check: ({ facts }) =>
      facts.designs
        .filter(({ handOver }) => !handOver || !['offered', 'accepted'].includes(handOver.state))
        .map(({ ref, handOver }) =>
          refusal(
            'release.design-not-handed-over',
            handOver ? `${handOver.ref} of ${ref} is ${handOver.state}.` : `${ref} was not handed over to Transition.`,
            'Have the design baselined and handed over first.',
          ),
        ),
  },
  'thread-whole': {
    sentence:
      'What it brings leads up to an agreed requirement, and down to outcomes with baseline and source (INV-1).',
    needs: ['broken'],
    gives: ['thread.no-requirement', 'thread.no-outcome', 'thread.no-baseline'],
    check: ({ facts }) => facts.broken.map(({ code, sentence, hint }) => refusal(code, sentence, hint)),
  },
  'nothing-handed-over': mayOfferAgain,
  'components-baselined': {
    sentence: 'Every component stands at a baseline (INV-4).',
    needs: ['components'],
    gives: ['release.not-baselined'],
    check: ({ facts }) =>
      facts.components
        .filter(({ state }) => !baselined.includes(state))
        .map(({ ref, state }) =>
          refusal(
            'release.not-baselined',
            `${ref} is ${words(state)}, not baselined.`,
            'Baseline the component first.',
          ),
        ),
  },
  'manifest-intact': {
    sentence: 'Every component is still the one that was assembled (INV-4).',
    needs: ['components'],
    gives: ['release.manifest'],
    check: ({ values, facts }) => alteredIn(values.manifest ?? [], facts.components),
  },
  'checked-in': gateStands(
    'P5',
    'The build is checked in as the definitive one (gate P5).',
    'one',
    'Have the release manager authorise the check-in.',
  ),
  'criteria-met': {
    sentence: 'Every acceptance criterion is met, or waived by the business.',
    needs: ['waivers'],
    gives: ['release.no-criteria', 'release.criterion'],
    check: ({ values, facts, now }) => {
      const criteria = values.criteria ?? [];
      if (!criteria.length)
        return [
          refusal('release.no-criteria', 'It has no acceptance criteria.', 'Take them from the design.', 'criteria'),
        ];
      return criteria
        .filter((each) => each.state === 'unmet' && !isWaived(each, facts.waivers, now))
        .map(({ criterion }) =>
          refusal(
            'release.criterion',
            `${criterion} is not met.`,
            'Meet it, or propose a waiver, which the business decides (gate G12).',
            'criteria',
          ),
        );
    },
  },
  evaluated: gateStands(
    'P7',
    'An independent evaluation stands (gate P7).',
    'one',
    'Ask the evaluator for the report.',
  ),
  ready: gateStands('P8', 'Operations is ready (gate P8).', 'one', 'Ask the operations manager to confirm readiness.'),
  'known-errors-listed': {
    sentence: 'Known errors are listed.',
    gives: ['release.known-errors'],
    check: ({ values }) =>
      unless(
        Boolean(values.knownErrors),
        refusal('release.known-errors', 'Known errors are not listed.', 'List them, or write "none".', 'knownErrors'),
      ),
  },
  'back-out-rehearsed': {
    sentence: 'There is a back-out plan, and it was rehearsed.',
    gives: ['release.back-out'],
    check: ({ values }) =>
      unless(
        Boolean(values.backOutPlan) && values.backOutRehearsed === true,
        refusal(
          'release.back-out',
          'The back-out was not rehearsed.',
          'Write the plan and rehearse it.',
          'backOutPlan',
        ),
      ),
  },
  'findings-answered': findingsAnswered('P6'),
  'acceptance-stands': gateStands(
    'G4',
    'The customers have accepted it as it stands (gate G4).',
    'as_agreed',
    'Have the customers accept it anew.',
  ),
  'change-implementing': {
    sentence: 'A change that authorises it is being implemented.',
    needs: ['changes'],
    gives: ['release.change-not-started'],
    check: ({ facts }) =>
      unless(
        facts.changes.some(({ state }) => state === 'implementing'),
        refusal(
          'release.change-not-started',
          'No change that authorises it is being implemented.',
          'Start the change inside its window first.',
        ),
      ),
  },
  'can-return': {
    sentence: 'The point of no return is not passed.',
    gives: ['release.no-return'],
    check: ({ values, now }) =>
      unless(
        values.noReturnAt === null || now < values.noReturnAt,
        refusal('release.no-return', 'The point of no return is passed.', 'Fix forward instead.'),
      ),
  },
  'support-ended': {
    sentence: 'Its early life support has ended.',
    needs: ['support'],
    gives: ['release.in-support'],
    check: ({ facts }) =>
      facts.support
        .filter(({ state }) => !['exited', 'aborted'].includes(state))
        .map(({ ref, state }) =>
          refusal(
            'release.in-support',
            `${ref} is ${words(state)}.`,
            'Have early life support exited (gate G5) first.',
          ),
        ),
  },
  'changes-ended': {
    sentence: 'Every change that authorises it is rejected or cancelled.',
    needs: ['changes'],
    gives: ['release.change-open'],
    check: ({ facts }) =>
      facts.changes
        .filter(({ state }) => !['rejected', 'cancelled'].includes(state))
        .map((each) =>
          refusal('release.change-open', `${each.ref} is ${words(each.state)}.`, 'Cancel or reject the change first.'),
        ),
  },
});
