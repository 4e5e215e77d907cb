// What an incident alone knows of what a source tells of it: first response, reopenings, changes of team, and the agreement that
// was in force when it was opened.
import type { Observing, Step } from '../../core/record/define/observing.ts';
import type { FieldValues } from '../../core/record/define/row.ts';
import { isReached, reopeningsOf } from '../../core/trait/clocks/course.ts';
import { termsOf } from '../agreement/index.ts';
import { incidentLifecycle } from './lifecycle.ts';
import { agreementsOf } from './store/observed.ts';
import { forgetCounted, summariseService } from './store/summary.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const incidentObserving: Observing = {
  tells: tellsOf,
  terms: async ({ client, providerId, given, customerId }) => {
    const serviceId = textOf(given['service']);
    const agreements = serviceId ? await agreementsOf(client, { providerId, serviceId, customerId }) : [];
    return (openedAt, { priority }) => {
      const agreement = agreements.find(({ from, to }) => from <= openedAt && (to === null || to > openedAt));
      return agreement && typeof priority === 'string' ? termsOf(agreement, priority) : null;
    };
  },
  after: async ({ client, providerId, given, now }) => {
    const serviceId = textOf(given['service']);
    if (serviceId) await summariseService(client, { providerId, serviceId }, now);
  },
  takenBack: forgetCounted,
};

/** What this system counts by itself, where the source does not tell it. */
export function tellsOf({ at, from, to, tellsState, values, standing, states, fills }: Step): FieldValues {
  const told: FieldValues = {};
  const isDone = isReached(incidentLifecycle, to);
  if (isDone && tellsState) told['resolvedAt'] = values['serviceRestoredAt'] ?? at;
  if (!fills('reopenCount') && isReached(incidentLifecycle, from ?? undefined) && !isDone)
    told['reopenCount'] = reopeningsOf(incidentLifecycle, states);
  const { team } = values;
  if (!fills('reassignmentCount') && team && standing['team'] && team !== standing['team'])
    told['reassignmentCount'] = Number(standing['reassignmentCount'] ?? 0) + 1;
  const isAnswer = to === 'in_progress' || to === 'pending' || isDone;
  if (isAnswer && !standing['respondedAt']) told['respondedAt'] = at;
  return told;
}
