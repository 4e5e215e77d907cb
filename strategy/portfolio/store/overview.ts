import { customersOf, scopeOf, seesProvider } from '../../../core/permission/scope.ts';
import type { Principal } from '../../../core/permission/principal.ts';
import { headerColumns, toHeader } from '../../../core/record/define/data.ts';
import type { Header } from '../../../core/record/define/data.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import { isAgreedPackage } from '../../package/index.ts';

export interface OverviewOutcome {
  header: Header;
  baseline: number | null;
  target: number | null;
  unit: string | null;
  direction: string | null;
  weight: number | null;
  latest: number | null;
  attainment: number | null;
  /** As measured: `attainment` lies within 0 and 1.2. */
  unclamped: number | null;
  at: string | null;
  grade: string | null;
  attainedInARow: number | null;
}

/** The outcomes that a service's agreed packages promise, of those that the principal may see. */
export async function outcomesOfService(
  client: Queryable,
  principal: Principal,
  service: string,
): Promise<OverviewOutcome[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query({
    text: `select distinct ${headerColumns},
        o.baseline,
        o.target,
        o.unit,
        o.direction,
        o.weight,
        o.latest,
        o.attainment,
        o.unclamped_attainment as unclamped,
        o.latest_at as at,
        o.latest_grade as grade,
        o.attained_periods as "attainedInARow"
      from strategy.service_package p
      join core.link l on l.provider_id = p.provider_id
        and l.from_id = p.id
        and l.type = 'promises'
        and l.withdrawn_at is null
      join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
      join strategy.outcome o on o.provider_id = r.provider_id and o.id = r.id and o.state <> 'withdrawn'
      where p.provider_id = $2
        and p.service = $1
        and ${isAgreedPackage('p')}
        and ${scope.sql}
      order by r.number
      limit 200`,
    values: [service, ...scope.values],
  });
  return (rows as (Header & OverviewOutcome)[]).map((row) => {
    const { baseline, target, unit, direction, weight, latest, attainment, unclamped, at, grade, attainedInARow } = row;
    return {
      header: toHeader(row),
      baseline,
      target,
      unit,
      direction,
      weight,
      latest,
      attainment,
      unclamped,
      at,
      grade,
      attainedInARow,
    };
  });
}

/** A service's versions, the newest first. */
export async function versionHeaders(client: Queryable, principal: Principal, service: string): Promise<Header[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query({
    text: `select ${headerColumns}
      from strategy.service_version v
      join core.record r on r.provider_id = v.provider_id and r.id = v.id
      where v.provider_id = $2 and v.service = $1 and ${scope.sql}
      order by v.version_number desc
      limit 50`,
    values: [service, ...scope.values],
  });
  return (rows as Header[]).map(toHeader);
}

export interface OverviewSubscription {
  header: Header;
  customer: string;
  agreement: string | null;
}

/** A service's subscriptions that have not ended, of the customers that the principal may see. */
export async function subscriptionHeaders(
  client: Queryable,
  principal: Principal,
  service: string,
): Promise<OverviewSubscription[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query({
    text: `select ${headerColumns}, u.customer, u.agreement
      from strategy.subscription u
      join core.record r on r.provider_id = u.provider_id and r.id = u.id
      where u.provider_id = $2 and u.service = $1 and u.state <> 'ended' and ${scope.sql}
      order by r.number
      limit 200`,
    values: [service, ...scope.values],
  });
  return (rows as (Header & OverviewSubscription)[]).map((row) => ({
    header: toHeader(row),
    customer: row.customer,
    agreement: row.agreement,
  }));
}

export interface ServiceState {
  status: string | null;
  open: number;
  last30: number;
}

/** A service's status, and its incidents as Operation keeps them: of those that the principal's own customers share in. */
export async function serviceState(client: Queryable, principal: Principal, service: string): Promise<ServiceState> {
  const { rows } = await client.query(
    `select s.status,
       coalesce(sum(f.open_incidents), 0)::int as open,
       coalesce(sum(f.incidents_last_30), 0)::int as last30
     from strategy.service s
     left join handover.service_summary f on f.provider_id = s.provider_id
       and f.service_id = s.id
       and ($3::uuid[] is null or f.customers && $3)
     where s.provider_id = $1 and s.id = $2
     group by s.status`,
    [principal.providerId, service, seesProvider(principal) ? null : customersOf(principal)],
  );
  const found = rows[0] as ServiceState | undefined; // the select list is ServiceState
  if (!found) throw new Error(`service ${service} has a header but no row`);
  return found;
}
