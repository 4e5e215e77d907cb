import { seesProvider } from '../../core/permission/scope.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { versionRecord } from './record/service-version.ts';

/** What the rules of a service version need to know. */
export interface VersionFacts {
  /** What still depends on it: open incidents of its service, and references of subscriptions. */
  remaining: { incidents: number; subscriptions: readonly string[] };
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
