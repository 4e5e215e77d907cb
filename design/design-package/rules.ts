import { findingsAnswered } from '../../core/decision/findings.ts';
import { gatePassed } from '../../core/decision/standing.ts';
import type { StandingDecision } from '../../core/decision/standing.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import type { ItemData } from '../../core/record/define/checklist.ts';
import type { Money } from '../../core/record/define/fields.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import { handedOver, mayOfferAgain } from '../../handover/hand-over/rules.ts';
import type { Newest } from '../../handover/hand-over/rules.ts';
import type { PackageSummary } from '../../handover/facts/package-summary.ts';
import type { designRecord } from './record.ts';

/** What the rules of a design need to know. */
export interface DesignFacts {
  items: readonly ItemData[];
  package: PackageSummary | null;
  packageHandOver: Newest | null;
  handOver: Newest | null;
  /** A change authorises the build. */
  changes: boolean;
  decisions: readonly StandingDecision[];
}

/** A tenth, where the package says nothing. */
export const defaultTolerance = 0.1;

/** How far the design's one-off cost lies above the package's, as a share; null where the two cannot be compared. */
export function costVariance(
  cost: Money | null,
  pack: Pick<PackageSummary, 'oneOffCostMinor' | 'currency'> | null,
): number | null {
  if (!cost || !pack?.oneOffCostMinor || pack.currency !== cost.currency) return null;
  return (cost.minor - pack.oneOffCostMinor) / pack.oneOffCostMinor;
}

/** What a service design package must fulfil (model B.5, C.2). */
export const designRules = rulesOf<typeof designRecord, DesignFacts>({
  'items-drafted': {
    sentence: 'Every mandatory item is drafted.',
    needs: ['items'],
    gives: ['design.item-missing'],
    check: ({ facts }) =>
      facts.items
        .filter((item) => item.mandatory && item.applicable && (item.state === 'missing' || item.state === 'rejected'))
        .map(({ item, state, finding }) =>
          refusal(
            'design.item-missing',
            state === 'rejected'
              ? `${item} was rejected: ${finding ?? 'no reason given'}.`
              : `${item} says nothing yet.`,
            'Draft it, or set it aside with a reason.',
          ),
        ),
  },
  'items-accepted': {
    sentence: 'Every mandatory item is accepted by someone who works with it.',
    needs: ['items'],
    gives: ['design.item-open'],
    check: ({ facts, record }) => acceptanceRefusals(facts.items, record.profile === 'regulated'),
  },
  'outcomes-instrumented': {
    sentence: 'Every promised outcome names the instrument that measures it.',
    needs: ['package'],
    gives: ['design.no-instrument'],
    check: ({ facts, values }) => {
      const named = new Set((values.instruments ?? []).map(({ outcome }) => outcome));
      return (facts.package?.outcomes ?? [])
        .filter(({ ref }) => !named.has(ref))
        .map(({ ref, title }) =>
          refusal(
            'design.no-instrument',
            `Nothing is named that measures ${ref} ${title}.`,
            'Name its instrument in "How each outcome is measured".',
            'instruments',
          ),
        );
    },
  },
  'cost-known': {
    sentence: 'Its one-off and run cost are known.',
    gives: ['design.cost'],
    check: ({ values }) =>
      (['oneOffCost', 'runCostPerMonth'] as const)
        .filter((field) => !values[field])
        .map((field) =>
          refusal(
            'design.cost',
            `It has no ${field === 'oneOffCost' ? 'one-off cost' : 'run cost'}.`,
            'Compute the cost of the design, 0 included.',
            field,
          ),
        ),
  },
  'design-complete': {
    sentence: 'The design authority found exactly this design complete (P3).',
    needs: ['decisions'],
    gives: ['design.not-complete'],
    check: ({ facts }) =>
      gatePassed(facts.decisions, 'P3', null)
        ? []
        : [
            refusal(
              'design.not-complete',
              'No completeness decision stands for what it says today.',
              'Pass gate P3 again.',
            ),
          ],
  },
  'within-tolerance': {
    sentence: 'Its cost stays within the tolerance of the agreed package.',
    needs: ['package'],
    gives: ['design.cost', 'design.currency', 'design.over-tolerance'],
    check: ({ facts, values }) => toleranceRefusals(values.oneOffCost, facts.package),
  },
  'design-findings-answered': findingsAnswered('P3'),
  'business-findings-answered': findingsAnswered('G3'),
  'authorised-by-change': {
    sentence: 'A change is linked that authorises the build.',
    needs: ['changes'],
    gives: ['design.no-change'],
    check: ({ facts }) =>
      facts.changes
        ? []
        : [refusal('design.no-change', 'No change is linked to it.', 'Link the change ("authorised by").')],
  },
  'nothing-handed-over': mayOfferAgain,
  'package-handed-over': handedOver('packageHandOver', ['offered', 'accepted'], {
    code: 'design.not-handed-over',
    what: 'Its package',
    hint: 'Ask Strategy to mend what was found and to hand the package over again.',
  }),
  'package-chartered': {
    sentence: 'Its package is chartered again.',
    needs: ['package'],
    gives: ['design.package-open'],
    check: ({ facts }) =>
      ['chartered', 'in_design', 'delivered'].includes(facts.package?.state ?? '')
        ? []
        : [refusal('design.package-open', 'Its package is not chartered.', 'Agree and charter the package first.')],
  },
});

/** In the regulated profile, setting an item aside is accepted by another person too. */
function acceptanceRefusals(items: readonly ItemData[], regulated: boolean): Refusal[] {
  const open = items.filter((item) => item.mandatory && item.state !== 'accepted' && (item.applicable || regulated));
  return open.map(({ item, applicable }) =>
    refusal(
      'design.item-open',
      applicable ? `${item} is not accepted.` : `Setting ${item} aside is not accepted.`,
      'Ask a consumer named on the item to accept it.',
    ),
  );
}

function toleranceRefusals(cost: Money | null, pack: PackageSummary | null): Refusal[] {
  if (!cost || !pack)
    return [
      refusal('design.cost', 'Its cost cannot be compared with the package.', 'Give the one-off cost.', 'oneOffCost'),
    ];
  if (pack.currency !== cost.currency) {
    return [
      refusal(
        'design.currency',
        'Design and package are not in one currency.',
        'Use the currency of the package.',
        'oneOffCost',
      ),
    ];
  }
  const variance = costVariance(cost, pack);
  const tolerance = pack.costTolerance ?? defaultTolerance;
  const within = variance === null ? cost.minor === 0 : variance <= tolerance;
  if (within) return [];
  const said = variance === null ? 'costs something' : `costs ${(variance * 100).toFixed(1)} % more`;
  return [
    refusal(
      'design.over-tolerance',
      `The design ${said}; the package allows ${(tolerance * 100).toFixed(0)} %.`,
      'Lower the cost, or have the package agreed anew (refuse with "the need itself moved").',
      'oneOffCost',
    ),
  ];
}
