import { elapsed } from '../../../core/clock/business-time.ts';
import type { Pause } from '../../../core/clock/business-time.ts';
import type { AgreementDefinition } from '../../../handover/facts/agreement-in-force.ts';
import type { IncidentFact } from '../../../handover/facts/incident-fact.ts';
import type { Built } from './build.ts';

const minute = 60_000;

/** The measured side of an observed incident, by the agreement in force (null: none was). */
export function factOf(
  built: Built,
  serviceId: string | null,
  customerId: string | null,
  agreement: AgreementDefinition | null,
): IncidentFact {
  const { fields, states, record } = built;
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
  const openedAt = text('loggedAt') ?? states[0]?.at ?? '';
  const last = states.at(-1);
  const isDone = last?.state === 'resolved' || last?.state === 'closed';
  const restoredAt = isDone
    ? (text('serviceRestoredAt') ?? states.findLast((each) => each.state === 'resolved')?.at ?? last.at)
    : null;
  const pauses = pausesOf(states, agreement?.pauseReasons ?? []);
  const target =
    agreement?.targets[(text('priority') ?? '') as keyof AgreementDefinition['targets']]?.restoreMinutes ?? null;
  const [from, to] = [Date.parse(openedAt), restoredAt ? Date.parse(restoredAt) : null];
  const worked = agreement && to !== null ? elapsed(agreement.calendar, from, to, pauses) / minute : null;
  return {
    incidentId: record.id,
    serviceId,
    customerId,
    state: last?.state ?? 'new',
    priority: text('priority'),
    category: text('category'),
    teamId: text('team'),
    openedAt,
    restoredAt,
    closedAt: last?.state === 'closed' ? last.at : null,
    reassignments: Number(fields['reassignmentCount'] ?? 0),
    reopens: Number(fields['reopenCount'] ?? 0),
    entries: record.steps.length,
    restoreMinutes: worked,
    targetMinutes: target,
    waitedMinutes:
      agreement && to !== null && worked !== null ? elapsed(agreement.calendar, from, to) / minute - worked : 0,
  };
}

/** From when to when the incident waited for a reason that pauses the restore clock. */
function pausesOf(states: Built['states'], reasons: readonly string[]): Pause[] {
  return states.flatMap((each, index) =>
    each.state === 'pending' && each.pendingReason !== null && reasons.includes(each.pendingReason)
      ? [{ from: Date.parse(each.at), to: states[index + 1] ? Date.parse(states[index + 1]?.at ?? '') : null }]
      : [],
  );
}
