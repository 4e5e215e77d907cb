import type { IncidentFact } from '../../../handover/facts/incident-fact.ts';
import type { RecordClock } from '../../../core/trait/clocks/clock.ts';
import { isReached, reachedAt } from '../../../core/trait/clocks/course.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import { minutesOfClocks } from '../minutes.ts';
import type { Built } from './build.ts';

/** The measured side of an observed incident, by its clocks. */
export function factOf(
  { fields, states, record, openedAt, priority }: Built,
  { serviceId, customerId, clocks }: { serviceId: string | null; customerId: string | null; clocks: RecordClock[] },
): IncidentFact {
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
  const last = states.at(-1);
  const { at: restoredAt, isKnown } = reachedAt(incidentLifecycle, states, openedAt);
  const measured = minutesOfClocks(clocks);
  return {
    incidentId: record.id,
    serviceId,
    customerId,
    state: last?.state ?? 'new',
    priority,
    category: text('category'),
    teamId: text('team'),
    openedAt,
    restoredAt,
    closedAt: last?.state === 'closed' ? last.at : null,
    reassignments: Number(fields['reassignmentCount'] ?? 0),
    reopens: Number(fields['reopenCount'] ?? 0),
    entries: touchesOf(record.steps, states),
    ...(isKnown || restoredAt === null ? measured : { ...measured, restoreMinutes: null, waitedMinutes: 0 }),
  };
}

/** Steps of its handling, up to the one that restored it for good; what is written after that touches nobody's service. */
function touchesOf(steps: Built['record']['steps'], states: Built['states']): number {
  if (!isReached(incidentLifecycle, states.at(-1)?.state)) return steps.length;
  const lastOpen = states.findLastIndex(({ state }) => !isReached(incidentLifecycle, state));
  const restoring = states[lastOpen + 1];
  return restoring ? restoring.step + 1 : steps.length;
}
