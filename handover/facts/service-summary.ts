/** Incidents of a service: table handover.service_summary, version 1, one row per service. Written by Operation. */
export interface ServiceSummary {
  providerId: string;
  serviceId: string;
  openIncidents: number;
  /** Opened in the thirty days before `updatedAt`. */
  incidentsLast30: number;
  updatedAt: string;
}
