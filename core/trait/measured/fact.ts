/** A worked record as measurement reads it: table core.case_fact, one row for each record of a type that is measured. */
export interface CaseFact {
  recordId: string;
  recordType: string;
  serviceId: string | null;
  customerId: string | null;
  state: string;
  priority: string | null;
  category: string | null;
  teamId: string | null;
  openedAt: string;
  endedAt: string | null;
  closedAt: string | null;
  reassignments: number;
  reopens: number;
  /** Journal entries of its handling: how often it was touched. */
  entries: number;
  /** Open minutes of the terms' calendar without pauses; null while it lasts, or without terms. */
  workedMinutes: number | null;
  targetMinutes: number | null;
  /** Open minutes paused for a reason that the terms name. */
  waitedMinutes: number;
  /** Its target had passed before it ended, whatever was said of it later. */
  breached: boolean;
}

export const caseFactColumns =
  'provider_id, record_id, record_type, service_id, customer_id, state, priority, category, team_id, opened_at, ended_at, closed_at, reassignments, reopens, entries, worked_minutes, target_minutes, waited_minutes, breached';

export function caseFactValues(providerId: string, fact: CaseFact): unknown[] {
  return [
    providerId,
    fact.recordId,
    fact.recordType,
    fact.serviceId,
    fact.customerId,
    fact.state,
    fact.priority,
    fact.category,
    fact.teamId,
    fact.openedAt,
    fact.endedAt,
    fact.closedAt,
    fact.reassignments,
    fact.reopens,
    fact.entries,
    fact.workedMinutes,
    fact.targetMinutes,
    fact.waitedMinutes,
    fact.breached,
  ];
}
