// What the orphan report reads: services in use, the requirements above them, the outcomes that they promise.
import type { Queryable } from '../../../core/database/queryable.ts';
import { customersOf, scopeOf, seesProvider } from '../../../core/permission/scope.ts';
import type { Principal } from '../../../core/permission/principal.ts';
import { headerColumns, toHeader } from '../../../core/record/define/data.ts';
import type { Header } from '../../../core/record/define/data.ts';
import { isAgreedPackage } from '../../package/index.ts';

export interface ServiceInUse {
  header: Header;
  isLive: boolean;
  /** Since when it is live without a break; null while it is not. */
  liveSince: string | null;
  /** Agreed requirements that a package of it holds, of those that the principal may see. */
  requirements: number;
  /** Of one that was taken over: the day by which the business decides. */
  decideBy: string | null;
}

/** Which services are asked for. */
interface Asked {
  /** Among these records alone. */
  among?: readonly string[];
  /** Whether they are in use or not. */
  anyUse?: boolean;
  /** From this number on. */
  from?: number;
  most?: number;
}

/** Services that are live or run as they were taken over, or that an open case or an agreement stands on, by their numbers. */
export async function servicesInUse(
  client: Queryable,
  principal: Principal,
  { among, anyUse, from, most }: Asked,
): Promise<ServiceInUse[]> {
  const scope = scopeOf(principal, 6);
  const { rows } = await client.query({
    text: `select ${headerColumns},
        s.state = 'catalogue' as "isLive",
        s.decide_by as "decideBy",
        (
          select min(i.from_at)
          from handover.live_interval i
          where i.provider_id = s.provider_id
            and i.service_id = s.id
            and i.to_at is null
            and ($2::uuid[] is null or i.customer_id = any($2))) as "liveSince",
        (
          select count(*)::int
          from strategy.service_package p
          join core.link l on l.provider_id = p.provider_id
            and l.to_id = p.id
            and l.type = 'packagedIn'
            and l.withdrawn_at is null
          join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
          where p.provider_id = s.provider_id
            and p.service = s.id
            and ${isAgreedPackage('p')}
            and r.state in ('agreed', 'packaged', 'in_delivery', 'satisfied', 'not_satisfied')
            and ${scope.sql}) as requirements
      from strategy.service s
      join core.record r on r.provider_id = s.provider_id and r.id = s.id
      where s.provider_id = $6
        and ($1::uuid[] is null or s.id = any($1))
        and r.number >= $3::int
        and ${scope.sql}
        and (
          $4::boolean
          or s.state in ('undecided', 'taken_over', 'catalogue')
          or exists (
            select
            from handover.service_summary f
            where f.provider_id = s.provider_id
              and f.service_id = s.id
              and f.open_incidents > 0
              and ($2::uuid[] is null or f.customers && $2))
          or exists (
            select
            from core.link g
            join core.record r on r.provider_id = g.provider_id and r.id = g.to_id
            where g.provider_id = s.provider_id
              and g.from_id = s.id
              and g.type = 'governedBy'
              and g.withdrawn_at is null
              and ${scope.sql}))
      order by r.number
      limit $5`,
    values: [
      among ?? null,
      seesProvider(principal) ? null : customersOf(principal),
      from ?? 0,
      anyUse ?? false,
      most ?? null,
      ...scope.values,
    ],
  });
  return (rows as (Header & Omit<ServiceInUse, 'header'>)[]).map((row) => ({
    header: toHeader(row),
    isLive: row.isLive,
    liveSince: row.liveSince,
    requirements: row.requirements,
    decideBy: row.decideBy,
  }));
}

export interface PromisedOutcome {
  service: string;
  header: Header;
  baseline: number | null;
  source: string | null;
  period: 'week' | 'month' | 'quarter' | null;
  isMeasured: boolean;
}

/** The outcomes that agreed packages of some services promise, of those that the principal may see. */
export async function promisesOf(
  client: Queryable,
  principal: Principal,
  services: readonly string[],
): Promise<PromisedOutcome[]> {
  if (services.length === 0) return [];
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query({
    text: `select distinct p.service,
        ${headerColumns},
        o.baseline,
        o.source,
        o.period,
        o.latest_at is not null as "isMeasured"
      from strategy.service_package p
      join core.link l on l.provider_id = p.provider_id
        and l.from_id = p.id
        and l.type = 'promises'
        and l.withdrawn_at is null
      join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
      join strategy.outcome o on o.provider_id = r.provider_id and o.id = r.id and o.state <> 'withdrawn'
      where p.provider_id = $2 and p.service = any($1::uuid[]) and ${isAgreedPackage('p')} and ${scope.sql}
      order by r.number`,
    values: [services, ...scope.values],
  });
  return (rows as (Header & Omit<PromisedOutcome, 'header'>)[]).map((row) => ({
    service: row.service,
    header: toHeader(row),
    baseline: row.baseline,
    source: row.source,
    period: row.period,
    isMeasured: row.isMeasured,
  }));
}
