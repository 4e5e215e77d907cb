import { seesProvider } from '../../core/permission/scope.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { versionRecord } from './record/service-version.ts';

/** What the rules of a service version need to know. */
export interface VersionFacts {
  /** What still depends on it: open incidents of its service, and references of subscriptions. */
  remaining: { incidents: number; subscriptions: readonly string[] };
  /** What runs for it and for no other version of its service: agreements in force, and components in service. */
  running: { agreements: readonly string[]; components: readonly string[] };
}

/** What a service version must fulfil at its end (model B.4, B.13, INV-10). */
export const versionRules = rulesOf<typeof versionRecord, VersionFacts>({
  'retirement-planned': {
    sentence: 'There is a retirement plan with a date.',
    gives: ['portfolio.no-plan'],
    check: ({ values }) =>
      values.retirementPlan && values.retireOn
        ? []
        : [
            refusal(
              'portfolio.no-plan',
              'There is no retirement plan with a date.',
              'Plan the retirement first.',
              'retirementPlan',
            ),
          ],
  },
  'still-subscribed': {
    sentence: 'A customer still has it.',
    needs: ['remaining'],
    gives: ['portfolio.point-of-no-return'],
    check: ({ facts }) =>
      facts.remaining.subscriptions.length
        ? []
        : [refusal('portfolio.point-of-no-return', 'No customer has it any more.', 'Make a new version instead.')],
  },
  'date-reached': {
    sentence: 'The day of the retirement has come.',
    gives: ['portfolio.not-yet'],
    check: ({ values, now }) =>
      values.retireOn !== null && now.slice(0, 10) >= values.retireOn
        ? []
        : [
            refusal(
              'portfolio.not-yet',
              `It is retired on ${values.retireOn ?? 'a day that is not planned'}, and not before.`,
              'Wait until that day, or plan another one and have the customers decide on it.',
              'retireOn',
            ),
          ],
  },
  'contracts-ended': {
    sentence: 'No agreement on the service is in force.',
    needs: ['running'],
    gives: ['portfolio.agreement-in-force'],
    check: ({ facts }) =>
      facts.running.agreements.map((ref) =>
        refusal('portfolio.agreement-in-force', `${ref} is in force.`, 'Have the customer terminate it first.'),
      ),
  },
  'components-withdrawn': {
    sentence: 'No component that only it needs is in service.',
    needs: ['running'],
    gives: ['portfolio.component-in-service'],
    check: ({ facts }) =>
      facts.running.components.map((ref) =>
        refusal('portfolio.component-in-service', `${ref} is not withdrawn.`, 'Deprecate and withdraw it first.'),
      ),
  },
  'nothing-left': {
    sentence: 'No incident of the service is open.',
    needs: ['remaining'],
    gives: ['portfolio.incidents-open'],
    check: ({ facts, actor }) => {
      const { incidents } = facts.remaining;
      if (incidents === 0) return [];
      // How many others have is theirs.
      const how = seesProvider(actor) ? `${incidents} of its incidents are open.` : 'Incidents of it are open.';
      return [refusal('portfolio.incidents-open', how, 'Close them first.')];
    },
  },
});
