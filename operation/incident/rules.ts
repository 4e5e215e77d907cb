import { isEarlier } from '../../core/clock/precision.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import type { Rule } from '../../core/record/define/rule.ts';
import { refusal, timed, unless } from '../../core/refusal/refusal.ts';
import type { incidentRecord } from './record.ts';

/** What the rules of an incident need to know. */
export interface IncidentFacts {
  /** Until when it may be reopened: an ISO instant. */
  waitsUntil: string | null;
}

/** That a case names what is affected; refused as `<type>.nowhere`. */
export const saysWhere = (type: string): Rule<{ service: string | null; component: string | null }, object> => ({
  sentence: 'It names the service or the component that is affected.',
  gives: [`${type}.nowhere`],
  check: ({ values }) =>
    unless(
      Boolean(values.service) || Boolean(values.component),
      refusal(`${type}.nowhere`, 'It names neither a service nor a component.', 'Choose what is affected.', 'service'),
    ),
});

/** What an incident must fulfil (model B.14). */
export const incidentRules = rulesOf<typeof incidentRecord, IncidentFacts>({
  'says-where': saysWhere('incident'),
  'begins-in-past': {
    sentence: 'It began now or before.',
    gives: ['incident.begins-later'],
    check: ({ values, now }) =>
      unless(
        values.impactStartAt === null || values.impactStartAt <= now,
        refusal('incident.begins-later', 'It begins in the future.', 'Mend the time.', 'impactStartAt'),
      ),
  },
  prioritised: {
    sentence: 'Impact and urgency give it a priority.',
    gives: ['incident.priority'],
    check: ({ values }) =>
      unless(
        Boolean(values.priority),
        refusal('incident.priority', 'It has no priority.', 'Choose impact and urgency.', 'impact'),
      ),
  },
  'restored-in-time': {
    sentence: 'Service was restored after the incident began, and not in the future.',
    gives: ['incident.restored-later', 'incident.restored-before'],
    check: ({ values, now }) => {
      const { serviceRestoredAt, impactStartAt, loggedAt } = values;
      if (!serviceRestoredAt) return [];
      const began = impactStartAt ?? loggedAt ?? serviceRestoredAt;
      return [
        ...unless(
          serviceRestoredAt <= now,
          refusal(
            'incident.restored-later',
            'Service cannot have been restored in the future.',
            'Mend the time.',
            'serviceRestoredAt',
          ),
        ),
        ...unless(
          !isEarlier(serviceRestoredAt, began),
          timed(
            refusal(
              'incident.restored-before',
              `Service cannot have been restored before the incident began (${began}).`,
              'Mend the time.',
              'serviceRestoredAt',
            ),
            began,
          ),
        ),
      ];
    },
  },
  'within-reopening': {
    sentence: 'It still waits for its confirmation.',
    needs: ['waitsUntil'],
    gives: ['incident.too-late'],
    check: ({ facts, now }) =>
      unless(
        facts.waitsUntil === null || now <= facts.waitsUntil,
        refusal(
          'incident.too-late',
          'The time in which it can be reopened is over.',
          'Log a new incident and relate it to this one.',
        ),
      ),
  },
});
