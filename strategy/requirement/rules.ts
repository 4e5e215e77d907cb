import { findingsAnswered } from '../../core/decision/findings.ts';
import type { StandingDecision } from '../../core/decision/standing.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { requirementRecord } from './record.ts';

interface OutcomeFact {
  ref: string;
  measured: boolean;
  attained: boolean;
  attainBy: string | null;
  attainedPeriods: number;
  missedPeriods: number;
}

/** What the rules of a requirement need to know. */
export interface RequirementFacts {
  ownerIsBusiness: boolean;
  outcomes: readonly OutcomeFact[];
  /** References of agreed packages that include it. */
  packages: readonly string[];
  /** An agreed requirement supersedes it. */
  newer: boolean;
  decisions: readonly StandingDecision[];
}

/** A single bad period takes nothing back (model B.2). */
const periodsUntilLost = 2;

/** What a business requirement must fulfil (model B.2). */
export const requirementRules = rulesOf<typeof requirementRecord, RequirementFacts>({
  'owner-is-business': {
    sentence: 'Its owner is a person of the business side.',
    needs: ['ownerIsBusiness'],
    gives: ['requirement.owner'],
    check: ({ facts }) =>
      facts.ownerIsBusiness
        ? []
        : [
            refusal(
              'requirement.owner',
              'A requirement is owned by the business.',
              "Make one of the customer's people its owner.",
              'owner',
            ),
          ],
  },
  'has-measurable-outcome': {
    sentence: 'At least one draft outcome says how it is measured.',
    needs: ['outcomes'],
    gives: ['requirement.no-outcome'],
    check: ({ facts }) =>
      facts.outcomes.some((outcome) => outcome.measured)
        ? []
        : [
            refusal(
              'requirement.no-outcome',
              'No outcome says how it would be measured.',
              'Add an outcome with a measure and a unit.',
            ),
          ],
  },
  'has-priority': {
    sentence: 'It has a priority.',
    gives: ['requirement.priority'],
    check: ({ values }) =>
      values.priority
        ? []
        : [refusal('requirement.priority', 'It has no priority.', 'Choose must, should or could.', 'priority')],
  },
  'findings-answered': findingsAnswered('G1'),
  'in-agreed-package': {
    sentence: 'An agreed package includes it.',
    needs: ['packages'],
    gives: ['requirement.no-package'],
    check: ({ facts }) =>
      facts.packages.length > 0
        ? []
        : [
            refusal(
              'requirement.no-package',
              'No agreed package includes it.',
              'Agree a package that includes it first.',
            ),
          ],
  },
  'no-agreed-package': {
    sentence: 'No agreed package includes it.',
    needs: ['packages'],
    gives: ['requirement.in-package'],
    check: ({ facts }) =>
      facts.packages.length === 0
        ? []
        : [refusal('requirement.in-package', 'An agreed package includes it.', 'Cancel the package first.')],
  },
  'outcomes-attained': {
    sentence: 'All its outcomes are attained for the agreed periods.',
    needs: ['outcomes'],
    gives: ['requirement.not-attained'],
    check: ({ facts }) => {
      const missing = facts.outcomes.filter((outcome) => !outcome.attained);
      if (facts.outcomes.length && !missing.length) return [];
      return [
        refusal(
          'requirement.not-attained',
          `Not attained yet: ${missing.map((outcome) => outcome.ref).join(', ') || 'it has no outcome'}.`,
          'Wait for the measurements of the agreed periods.',
        ),
      ];
    },
  },
  'date-missed': {
    sentence: 'An outcome was to be attained by now and is not.',
    needs: ['outcomes'],
    gives: ['requirement.date-open'],
    check: ({ facts, now }) =>
      facts.outcomes.some(
        ({ attainBy, attainedPeriods }) => attainBy && attainBy < now.slice(0, 10) && !attainedPeriods,
      )
        ? []
        : [refusal('requirement.date-open', 'No date of its outcomes is missed.', 'Wait for the date.')],
  },
  'attainment-lost': {
    sentence: 'An outcome missed its target for two periods in a row.',
    needs: ['outcomes'],
    gives: ['requirement.not-lost'],
    check: ({ facts }) =>
      facts.outcomes.some(({ missedPeriods }) => missedPeriods >= periodsUntilLost)
        ? []
        : [
            refusal(
              'requirement.not-lost',
              `No outcome missed its target for ${periodsUntilLost} periods in a row.`,
              'Wait for the next measurement.',
            ),
          ],
  },
  'newer-is-agreed': {
    sentence: 'A newer, agreed requirement motivates its end.',
    needs: ['newer'],
    gives: ['requirement.no-newer'],
    check: ({ facts }) =>
      facts.newer
        ? []
        : [
            refusal(
              'requirement.no-newer',
              'No agreed requirement supersedes it.',
              'Link the newer requirement ("motivates" from this one) and agree it first.',
            ),
          ],
  },
});
