/**
 * From when to when a service version was live for a customer: table handover.live_interval, version 1.
 * Written by strategy/portfolio as subscriptions go live and end; value is measured only inside these intervals (INV-7).
 */
export interface LiveInterval {
  providerId: string;
  subscriptionId: string;
  serviceVersionId: string;
  serviceId: string;
  customerId: string;
  lineageId: string;
  from: string;
  /** Null while it is live. */
  to: string | null;
}
