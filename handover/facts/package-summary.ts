/**
 * What a service package promises and what it may cost, for the stages after Strategy: table handover.package_summary,
 * version 1, one row per package. Written by strategy/package; amounts are minor units of `currency`.
 */
export interface PackageSummary {
  packageId: string;
  lineageId: string;
  serviceId: string | null;
  serviceVersionId: string | null;
  state: string;
  oneOffCostMinor: number | null;
  runCostMinor: number | null;
  fundingMinor: number | null;
  currency: string | null;
  /** A share of the one-off cost; null: a tenth. */
  costTolerance: number | null;
  /** Per cent. */
  availabilityTarget: number | null;
  supportHours: string | null;
  restoreTargets: { priority: string; hours: number }[];
  criticality: string | null;
  outcomes: SummaryOutcome[];
}

export interface SummaryOutcome {
  id: string;
  ref: string;
  title: string;
  unit: string | null;
  baseline: number | null;
  target: number | null;
  /** `lower`, `higher` or `maintain`. */
  direction: string | null;
  weight: number | null;
  /** ISO date. */
  attainBy: string | null;
  owner: string | null;
}

/** The select list of a PackageSummary from handover.package_summary under the alias `s`. */
export const packageSummaryColumns = `s.package_id as "packageId", s.lineage_id as "lineageId", s.service_id as "serviceId", s.service_version_id as "serviceVersionId", s.state,
  s.one_off_cost_minor as "oneOffCostMinor", s.run_cost_minor as "runCostMinor", s.funding_minor as "fundingMinor", s.currency, s.cost_tolerance as "costTolerance",
  s.availability_target as "availabilityTarget", s.support_hours as "supportHours", s.restore_targets as "restoreTargets", s.criticality, s.outcomes`;
