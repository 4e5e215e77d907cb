// The service levels agreed with a customer, as they stood in a stretch of time. Kept by Operation, read by all.
import type { Calendar } from '../../core/clock/calendar.ts';
import type { ReopenPolicy } from '../../core/clock/stopwatch.ts';

export type Priority = 'P1' | 'P2' | 'P3' | 'P4';

export interface AgreementDefinition {
  /** Service hours; its zone is the contract's. */
  calendar: Calendar;
  /** Open minutes, by priority; a priority without a target has no clock. */
  targets: { readonly [P in Priority]?: { responseMinutes: number | null; restoreMinutes: number | null } };
  pauseReasons: readonly string[];
  reopen: ReopenPolicy;
  /** Percent of the agreed service time. */
  availabilityPercent: number | null;
}

export interface AgreementInForce {
  agreementId: string;
  version: number;
  serviceId: string;
  customerId: string;
  /** ISO instants; `to` is null while it lasts. */
  from: string;
  to: string | null;
  definition: AgreementDefinition;
}
