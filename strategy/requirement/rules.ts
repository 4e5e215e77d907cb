import { findingsAnswered } from '../../core/decision/findings.ts';
import { implement } from '../../core/lifecycle/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import { requirementLifecycle } from './lifecycle.ts';

interface OutcomeFact {
  ref: string;
  measured: boolean;
  attained: boolean;
  attainBy: string | null;
  attainedPeriods: number;
  missedPeriods: number;
}

const outcomesOf = (facts: Readonly<Record<string, unknown>>) => (facts['outcomes'] ?? []) as OutcomeFact[]; // the shape of the store's expression

/** A single bad period takes nothing back (model B.2). */
const periodsUntilLost = 2;

/** What a business requirement must fulfil (model B.2). */
export const requirementRules = implement(requirementLifecycle, {
  'owner-is-business': {
    sentence: 'Its owner is a person of the business side.',
    needs: ['ownerIsBusiness'],
    check: ({ facts }) =>
      facts['ownerIsBusiness'] === true
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
    check: ({ facts }) =>
      outcomesOf(facts).some((outcome) => outcome.measured)
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
    check: ({ values }) =>
      values['priority']
        ? []
        : [refusal('requirement.priority', 'It has no priority.', 'Choose must, should or could.', 'priority')],
  },
  'findings-answered': findingsAnswered('G1'),
  'in-agreed-package': {
    sentence: 'An agreed package includes it.',
    needs: ['packages'],
    check: ({ facts }) =>
      ((facts['packages'] ?? []) as string[]).length > 0
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
    check: ({ facts }) =>
      ((facts['packages'] ?? []) as string[]).length === 0
        ? []
        : [refusal('requirement.in-package', 'An agreed package includes it.', 'Cancel the package first.')],
  },
  'outcomes-attained': {
    sentence: 'All its outcomes are attained for the agreed periods.',
    needs: ['outcomes'],
    check: ({ facts }) => {
      const missing = outcomesOf(facts).filter((outcome) => !outcome.attained);
      if (outcomesOf(facts).length && !missing.length) return [];
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
    check: ({ facts, now }) =>
      outcomesOf(facts).some(
        ({ attainBy, attainedPeriods }) => attainBy && attainBy < now.slice(0, 10) && !attainedPeriods,
      )
        ? []
        : [refusal('requirement.date-open', 'No date of its outcomes is missed.', 'Wait for the date.')],
  },
  'attainment-lost': {
    sentence: 'An outcome missed its target for two periods in a row.',
    needs: ['outcomes'],
    check: ({ facts }) =>
      outcomesOf(facts).some(({ missedPeriods }) => missedPeriods >= periodsUntilLost)
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
    check: ({ facts }) =>
      facts['newer'] === true
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
