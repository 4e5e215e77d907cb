import { findingsAnswered } from '../../core/decision/findings.ts';
import { gatePassed, passedBy } from '../../core/decision/standing.ts';
import type { Together } from '../../core/decision/together.ts';
import type { StandingDecision } from '../../core/decision/standing.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { compare, rational, sum } from '../../core/money/rational.ts';
import { incomplete } from '../../core/record/define/checklist.ts';
import type { ItemData } from '../../core/record/define/checklist.ts';
import type { Money } from '../../core/record/define/fields.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import { mayOfferAgain } from '../../handover/hand-over/rules.ts';
import type { Newest } from '../../handover/hand-over/rules.ts';
import { packageChecklist } from './checklist.ts';
import type { packageRecord } from './record.ts';
import { lookup } from '../../core/names/lookup.ts';

/** What the rules know of an outcome; `missing` names what it lacks of a promise (model INV-2). */
export interface PromisedOutcome {
  ref: string;
  missing: string[];
  weight: number | null;
}

export interface CoveredRequirement {
  ref: string;
  state: string;
  drifted: boolean;
}

/** What the rules of a package need to know. */
export interface PackageFacts {
  requirements: readonly CoveredRequirement[];
  outcomes: readonly PromisedOutcome[];
  items: readonly ItemData[];
  handOver: Newest | null;
  decisions: readonly StandingDecision[];
  together: Together;
}

/** What a service package must fulfil (model B.3, C.1, INV-2). */
export const packageRules = rulesOf<typeof packageRecord, PackageFacts>({
  'of-one-customer': {
    sentence: 'No other customer agreed to it.',
    gives: ['package.of-others'],
    check: ({ record }) =>
      unless(
        record.customers.length < 2,
        refusal(
          'package.of-others',
          'Several customers agreed to it together: none of them ends it for the others.',
          'Take your approval back at G2 until its effect began, or opt out at the next gate.',
        ),
      ),
  },
  'requirements-agreed': {
    sentence: 'Every requirement it covers is agreed, as it reads today.',
    needs: ['requirements'],
    gives: ['package.no-requirement', 'package.requirement-open', 'package.requirement-drift'],
    check: ({ facts }) => requirementRefusals(facts.requirements),
  },
  'checklist-complete': {
    sentence: 'Every mandatory item is drafted.',
    needs: ['items'],
    gives: ['package.item-missing'],
    check: ({ facts }) =>
      incomplete(facts.items, false).map(({ item }) =>
        refusal(
          'package.item-missing',
          `${item} says nothing yet: ${packageChecklist.items.find(({ id }) => id === item)?.title ?? item}.`,
          'Draft it, or set it aside with a reason.',
        ),
      ),
  },
  'outcomes-measurable': {
    sentence: 'Every outcome says from where to where it leads, how it is measured, who owns it and by when.',
    needs: ['outcomes'],
    gives: ['package.no-outcome', 'package.outcome-incomplete'],
    check: ({ facts }) => outcomeRefusals(facts.outcomes),
  },
  'weights-add-up': {
    sentence: 'The weights of its outcomes add up to 1.',
    needs: ['outcomes'],
    gives: ['package.weights'],
    check: ({ facts }) => weightRefusals(facts.outcomes),
  },
  'conformity-findings-answered': findingsAnswered('P1'),
  'business-findings-answered': findingsAnswered('G2'),
  'cost-estimated': {
    sentence: 'One-off and run cost are estimated.',
    gives: ['package.cost'],
    check: ({ values }) =>
      (['oneOffCost', 'runCostPerMonth'] as const)
        .filter((field) => !values[field])
        .map((field) =>
          refusal('package.cost', `It has no ${costNames[field]}.`, 'Give an estimate, 0 included.', field),
        ),
  },
  'offer-dated': {
    sentence: 'The offer says until when it stands.',
    gives: ['package.offer-date'],
    check: ({ values }) =>
      values.offerValidUntil
        ? []
        : [refusal('package.offer-date', 'The offer has no last day.', 'Say until when it stands.', 'offerValidUntil')],
  },
  'offer-valid': {
    sentence: 'The offer has not expired.',
    gives: ['package.offer-expired'],
    check: ({ values, now }) => {
      const last = values.offerValidUntil;
      if (last !== null && now.slice(0, 10) <= last) return [];
      return [
        refusal(
          'package.offer-expired',
          last !== null ? `The offer stood until ${last}.` : 'The offer has no last day.',
          'Return it with a finding, so that it can be offered anew.',
          'offerValidUntil',
        ),
      ];
    },
  },
  'funding-covers-cost': {
    sentence: 'The funding covers the one-off cost.',
    gives: ['package.no-funding', 'package.funding-currency', 'package.funding'],
    check: ({ values }) => fundingRefusals(values.funding, values.oneOffCost),
  },
  'conformity-passed': {
    sentence: 'Policy conformity (P1) stands for exactly this content.',
    needs: ['decisions'],
    gives: ['package.no-conformity'],
    check: ({ facts }) =>
      gatePassed(facts.decisions, 'P1', null)
        ? []
        : [
            refusal(
              'package.no-conformity',
              'No policy conformity stands for what it says today.',
              'Pass gate P1 again.',
            ),
          ],
  },
  'funding-agreed': {
    sentence: 'Every customer that did not opt out has agreed and funded exactly this content (G2).',
    needs: ['decisions', 'together'],
    gives: ['package.not-funded'],
    check: ({ facts, record }) =>
      passedBy({ code: 'G2', quorum: 'every_customer' }, facts.decisions, record.customers, facts.together)
        ? []
        : [
            refusal(
              'package.not-funded',
              'Not every customer has agreed and funded what it says today.',
              'Have the package agreed again at gate G2.',
            ),
          ],
  },
  'rule-complete': {
    sentence: 'It says by which rule its customers decide together, and with whose word.',
    gives: ['package.lead-customer', 'package.quorum', 'package.funding-shares'],
    check: ({ values, record }) => togetherRefusals(values, record.customers),
  },
  'nothing-handed-over': mayOfferAgain,
  'design-lead-named': {
    sentence: 'A design lead is named.',
    gives: ['package.no-lead'],
    check: ({ values }) =>
      values.designLead
        ? []
        : [refusal('package.no-lead', 'Nobody is named to lead the design.', 'Name the design lead.', 'designLead')],
  },
});

type Values = Readonly<FieldsOf<typeof packageRecord>>;

const costNames = lookup({ oneOffCost: 'one-off cost', runCostPerMonth: 'run cost' } as const);
/** A requirement stays covered while its package is drafted again. */
const coveredStates = ['agreed', 'packaged', 'in_delivery'];

function requirementRefusals(requirements: readonly CoveredRequirement[]): Refusal[] {
  if (!requirements.length)
    return [
      refusal('package.no-requirement', 'It covers no requirement.', 'Link an agreed requirement ("packaged in").'),
    ];
  return requirements.flatMap(({ ref, state, drifted }) => {
    if (!coveredStates.includes(state))
      return [
        refusal(
          'package.requirement-open',
          `${ref} is ${state.replaceAll('_', ' ')}.`,
          'Have it agreed, or take it out.',
        ),
      ];
    if (!drifted) return [];
    return [
      refusal(
        'package.requirement-drift',
        `${ref} was edited after it was taken in.`,
        'Withdraw the link, read the requirement and link it again.',
      ),
    ];
  });
}

function outcomeRefusals(outcomes: readonly PromisedOutcome[]): Refusal[] {
  if (!outcomes.length)
    return [refusal('package.no-outcome', 'Its requirements expect no outcome.', 'Add an outcome to a requirement.')];
  return outcomes
    .filter(({ missing }) => missing.length > 0)
    .map(({ ref, missing }) =>
      refusal('package.outcome-incomplete', `${ref} lacks: ${missing.join(', ')}.`, 'Complete the outcome.'),
    );
}

/** A single outcome without a weight is the whole. */
function weightRefusals(outcomes: readonly PromisedOutcome[]): Refusal[] {
  if (outcomes.length === 1 && outcomes[0]?.weight === null) return [];
  const total = sum(outcomes.map(({ weight }) => rational(weight ?? 0)));
  if (!outcomes.length || compare(total, rational(1)) === 0) return [];
  const said = outcomes.map(({ ref, weight }) => `${ref} ${weight ?? 'none'}`).join(', ');
  return [refusal('package.weights', `The weights do not add up to 1: ${said}.`, 'Set the weights of the outcomes.')];
}

/** Of several customers each agrees to the rule with all else: afterwards it is altered by nobody but through that gate again. */
function togetherRefusals(values: Values, customers: readonly string[]): Refusal[] {
  if (values.quorum === 'lead')
    return unless(
      customers.includes(values.leadCustomer ?? ''),
      refusal('package.lead-customer', 'No customer of it is named to lead.', 'Name one of them.', 'leadCustomer'),
    );
  if (values.quorum !== 'weighted') return [];
  const shares = values.fundingShares ?? [];
  const each = shares.map(({ customer }) => customer);
  const isWhole = compare(sum(shares.map(({ weight }) => rational(weight))), rational(100)) === 0;
  const areTheirs = each.length === customers.length && customers.every((customer) => each.includes(customer));
  return [
    ...unless(
      values.quorumPercent !== null,
      refusal(
        'package.quorum',
        'It does not say how much of the funding has to approve.',
        'Say it in per cent, from 51 to 100.',
        'quorumPercent',
      ),
    ),
    ...unless(
      isWhole && areTheirs,
      refusal(
        'package.funding-shares',
        'The shares of the funding are not one for each customer, 100 % together.',
        'Give each customer of it its share.',
        'fundingShares',
      ),
    ),
  ];
}

function fundingRefusals(funding: Money | null, cost: Money | null): Refusal[] {
  if (!funding)
    return [refusal('package.no-funding', 'It asks for no funding.', 'Say how much is to be funded.', 'funding')];
  if (!cost || cost.currency !== funding.currency)
    return [
      refusal(
        'package.funding-currency',
        'Funding and one-off cost are not in one currency.',
        'Use one currency.',
        'funding',
      ),
    ];
  if (funding.minor >= cost.minor) return [];
  return [
    refusal(
      'package.funding',
      'The funding is below the one-off cost.',
      'Raise the funding or lower the cost.',
      'funding',
    ),
  ];
}
