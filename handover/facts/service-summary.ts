/**
 * Incidents of a service: table handover.service_summary, version 2, one row per service and set of customers who share in them.
 * A reader sums the rows of what it may see. Written by Operation.
 */
export interface ServiceSummary {
  providerId: string;
  serviceId: string;
  /** In the order of their ids; none for what is the provider's own. */
  customers: string[];
  openIncidents: number;
  /** Opened in the thirty days before now; what grows older is taken out within the hour. */
  incidentsLast30: number;
  updatedAt: string;
}
