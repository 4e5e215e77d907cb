// The answer of GET /services/{id}/overview.
import type { Header, Names } from '../../../core/ui/contract.ts';

export interface ServiceOutcome {
  header: Header;
  baseline: number | null;
  target: number | null;
  unit: string | null;
  latest: number | null;
  /** Share of the way from baseline to target, 1 is met. */
  attainment: number | null;
  /** As measured: below 0 where it got worse than its baseline. */
  unclamped: number | null;
  at: string | null;
  /** How many of the newest periods in a row reached the target. */
  attainedInARow: number | null;
}

export interface ServiceOverview {
  service: Header;
  status: string | null;
  versions: { header: Header; state: string }[];
  subscriptions: { header: Header; state: string; customer: string | null; agreement: string | null }[];
  value: { attainment: number | null; grade: string | null; at: string | null } | null;
  outcomes: ServiceOutcome[];
  incidents: { open: number; last30: number };
  names: Names;
}
