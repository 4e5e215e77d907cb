import { seesProvider } from '../../core/permission/scope.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import { dayMs } from '../../core/clock/units.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { serviceRecord } from './record/service.ts';
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

/** What the rules of a service need to know. */
export interface ServiceFacts {
  /** Of all customers. */
  openIncidents: number;
  /** Agreements on it that are in force. */
  inForce: readonly string[];
}

/** How far ahead the day may lie by which the business decides on what was taken over: half a year. */
export const furthestDays = 183;

/** What a service must fulfil that is taken over as it runs (model B.4). */
export const serviceRules = rulesOf<typeof serviceRecord, ServiceFacts>({
  owned: {
    sentence: 'Somebody owns it.',
    gives: ['service.no-owner'],
    check: ({ record }) =>
      unless(
        record.owner !== null,
        refusal('service.no-owner', 'Nobody owns it.', 'Name the person who answers for it.', 'owner'),
      ),
  },
  'of-one-customer': {
    sentence: 'No other customer has it.',
    gives: ['service.of-others'],
    check: ({ record }) =>
      unless(
        record.customers.length < 2,
        refusal(
          'service.of-others',
          'Others have it, too: nobody ends it for them.',
          'Let go of it, if you do not want it; the last of you says that nobody does.',
        ),
      ),
  },
  'for-a-customer': {
    sentence: 'It is for at least one customer, whose business decides on it.',
    gives: ['service.no-customer'],
    check: ({ record }) =>
      unless(
        record.customers.length > 0,
        refusal(
          'service.no-customer',
          'It is for no customer, so that no business could decide on it.',
          'Name the customers who have it.',
          'customers',
        ),
      ),
  },
  'decided-in-reach': {
    sentence: `The business decides on it by a day to come, within ${furthestDays} days.`,
    gives: ['service.no-day', 'service.day-over', 'service.day-too-far'],
    check: ({ values: { decideBy }, now }) => {
      if (decideBy === null)
        return [
          refusal(
            'service.no-day',
            'No agreed requirement leads to it, and no day is named by which the business decides.',
            'Name that day. A service for a new need is not made here: it comes with the package of an agreed requirement.',
            'decideBy',
          ),
        ];
      if (decideBy <= now.slice(0, 10))
        return [refusal('service.day-over', `${decideBy} has come already.`, 'Name a day to come.', 'decideBy')];
      const furthest = new Date(Date.parse(now) + furthestDays * dayMs).toISOString().slice(0, 10);
      return unless(
        decideBy <= furthest,
        refusal('service.day-too-far', `${decideBy} is too far ahead.`, `Name a day up to ${furthest}.`, 'decideBy'),
      );
    },
  },
  'no-open-cases': {
    sentence: 'No incident of it is open.',
    needs: ['openIncidents'],
    gives: ['service.incidents-open'],
    check: ({ facts }) =>
      unless(
        facts.openIncidents === 0,
        refusal('service.incidents-open', 'Incidents of it are open.', 'Have the desk close or cancel them first.'),
      ),
  },
  'no-agreement': {
    sentence: 'No agreement on it is in force.',
    needs: ['inForce'],
    gives: ['service.agreement-in-force'],
    check: ({ facts }) =>
      facts.inForce.map((ref) =>
        refusal('service.agreement-in-force', `${ref} is in force.`, 'Have the customer terminate it first.'),
      ),
  },
});
