import type { CaseFact } from '../../../core/trait/measured/fact.ts';
import type { RecordClock } from '../../../core/trait/clocks/clock.ts';
import { isReached, reachedAt } from '../../../core/trait/clocks/course.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import { minutesOfClocks } from '../../../core/trait/measured/minutes.ts';
import type { Built } from './build.ts';

/** The measured side of an observed incident, by its clocks. */
export function factOf(
  { fields, states, record, openedAt, priority }: Built,
  { serviceId, customerId, clocks }: { serviceId: string | null; customerId: string | null; clocks: RecordClock[] },
): CaseFact {
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
  const last = states.at(-1);
  const { at: endedAt, isKnown } = reachedAt(incidentLifecycle, states, openedAt);
  const measured = minutesOfClocks(clocks, 'restore');
  return {
    recordId: record.id,
    recordType: 'incident',
    serviceId,
    customerId,
    state: last?.state ?? 'new',
    priority,
    category: text('category'),
    teamId: text('team'),
    openedAt,
    endedAt,
    closedAt: last?.state === 'closed' ? last.at : null,
    reassignments: Number(fields['reassignmentCount'] ?? 0),
    reopens: Number(fields['reopenCount'] ?? 0),
    entries: touchesOf(record.steps, states),
    ...(isKnown || endedAt === null ? measured : { ...measured, workedMinutes: null, waitedMinutes: 0 }),
  };
}

/** Steps of its handling, up to the one that restored it for good; what is written after that touches nobody's service. */
function touchesOf(steps: Built['record']['steps'], states: Built['states']): number {
  if (!isReached(incidentLifecycle, states.at(-1)?.state)) return steps.length;
  const lastOpen = states.findLastIndex(({ state }) => !isReached(incidentLifecycle, state));
  const restoring = states[lastOpen + 1];
  return restoring ? restoring.step + 1 : steps.length;
}
