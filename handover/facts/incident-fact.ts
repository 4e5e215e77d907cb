/** An incident as measurement reads it: table handover.incident_fact, version 1, one row per incident. Kept by Operation. */
export interface IncidentFact {
  incidentId: string;
  serviceId: string | null;
  customerId: string | null;
  state: string;
  priority: string | null;
  category: string | null;
  teamId: string | null;
  openedAt: string;
  restoredAt: string | null;
  closedAt: string | null;
  reassignments: number;
  reopens: number;
  /** Journal entries of its handling: how often it was touched. */
  entries: number;
  /** Open minutes of the agreement's calendar without pauses; null while it lasts, or without an agreement. */
  restoreMinutes: number | null;
  targetMinutes: number | null;
  /** Open minutes paused for a reason that the agreement names. */
  waitedMinutes: number;
  /** A restore target had passed before it was restored, whatever was said of it later. */
  breached: boolean;
}

export const incidentFactColumns =
  'provider_id, incident_id, service_id, customer_id, state, priority, category, team_id, opened_at, restored_at, closed_at, reassignments, reopens, entries, restore_minutes, target_minutes, waited_minutes, breached';

export function incidentFactValues(providerId: string, fact: IncidentFact): unknown[] {
  return [
    providerId,
    fact.incidentId,
    fact.serviceId,
    fact.customerId,
    fact.state,
    fact.priority,
    fact.category,
    fact.teamId,
    fact.openedAt,
    fact.restoredAt,
    fact.closedAt,
    fact.reassignments,
    fact.reopens,
    fact.entries,
    fact.restoreMinutes,
    fact.targetMinutes,
    fact.waitedMinutes,
    fact.breached,
  ];
}
