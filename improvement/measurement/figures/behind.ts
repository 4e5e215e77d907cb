// Where the records behind a figure are: the same stretch of days, service and customer as the figure's own.
import { isMeasured } from '../metric/define.ts';
import type { MetricDefinition } from '../metric/define.ts';
import { nil } from './store/figures.ts';
import type { Scope } from './store/figures.ts';
import { hasRecords } from './store/records.ts';

/** `path` and `query` of the screen, and `api` of the same rows with their values (below /api/v1). */
export interface RecordsLink {
  path: string;
  query: string;
  api: string;
}

/** Null where a figure counts steps or refusals, not records, and where there is no span it could speak of. Days are inclusive. */
export function recordsLink(
  metric: MetricDefinition,
  scope: Scope,
  span: { from: string; to: string } | null,
): RecordsLink | null {
  if (!span || !isMeasured(metric) || !hasRecords(metric)) return null;
  const { serviceId, customerId } = scope;
  const of = {
    ...(serviceId === nil ? {} : { service: serviceId }),
    ...(customerId === nil ? {} : { customer: customerId }),
    from: span.from,
    to: span.to,
  };
  const [path, query] = [`measurement/${metric.id}/records`, new URLSearchParams(of).toString()];
  return { path, query, api: `/measurement/metrics/${metric.id}/records?${query}` };
}
