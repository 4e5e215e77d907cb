import { scopeOf } from '../../../core/permission/scope.ts';
import type { Principal } from '../../../core/permission/principal.ts';
import { headerColumns, toHeader } from '../../../core/record/define/data.ts';
import type { Header } from '../../../core/record/define/data.ts';
import type { LifecycleStage } from '../../../core/record/define/define.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import type { VersionState } from '../lifecycle/service-version.ts';
import type { WeightedOutcome } from '../value.ts';
import { isAgreedPackage } from '../../package/index.ts';

export interface ServiceOnTheLoop {
  header: Header;
  status: VersionState | null;
  /** Of its versions. */
  lineages: string[];
  /** An improvement of it, one that the principal may see, is being worked on. */
  improving: boolean;
}

/** Services that are not retired, at most two hundred, the most recently edited first. */
export async function servicesOnTheLoop(client: Queryable, principal: Principal): Promise<ServiceOnTheLoop[]> {
  const scope = scopeOf(principal, 1);
  const { rows } = await client.query({
    text: `select ${headerColumns},
        s.status,
        coalesce(
          (
            select array_agg(distinct vr.lineage_id)
            from strategy.service_version v
            join core.record vr on vr.provider_id = v.provider_id and vr.id = v.id
            where v.provider_id = s.provider_id
              and v.service = s.id
              and v.state not in ('retired', 'cancelled')),
          '{}') as lineages,
        exists (
          select
          from core.link l
          join core.record r on r.provider_id = l.provider_id and r.id = l.from_id
          where l.provider_id = s.provider_id
            and l.to_id = s.id
            and l.type = 'improves'
            and l.withdrawn_at is null
            and ${scope.sql}
            and r.state in (
              'analysing', 'justified', 'approved', 'routed', 'implementing', 'implemented', 'verifying')) as improving
      from core.record r
      join strategy.service s on s.provider_id = r.provider_id and s.id = r.id
      where r.type = 'service' and r.state <> 'retired' and ${scope.sql}
      order by r.updated_at desc, r.id
      limit 200`,
    values: scope.values,
  });
  return (rows as (Header & Omit<ServiceOnTheLoop, 'header'>)[]).map((row) => ({
    header: toHeader(row),
    status: row.status,
    lineages: row.lineages,
    improving: row.improving,
  }));
}

/** Weight and attainment of the outcomes that the agreed packages of some services promise, by service: of those that the principal may see. */
export async function valueOfServices(
  client: Queryable,
  principal: Principal,
  services: readonly string[],
): Promise<Map<string, WeightedOutcome[]>> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query<{ service: string; outcomes: WeightedOutcome[] }>(
    `select x.service,
       jsonb_agg(jsonb_build_object('weight', x.weight, 'attainment', x.attainment)) as outcomes
     from (
       select distinct p.service, o.id, o.weight, o.attainment
       from strategy.service_package p
       join core.link l on l.provider_id = p.provider_id
         and l.from_id = p.id
         and l.type = 'promises'
         and l.withdrawn_at is null
       join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
       join strategy.outcome o on o.provider_id = l.provider_id and o.id = l.to_id and o.state <> 'withdrawn'
       where p.provider_id = $2
         and p.service = any($1::uuid[])
         and ${isAgreedPackage('p')}
         and ${scope.sql}) x
     group by x.service`,
    [services, ...scope.values],
  );
  return new Map(rows.map((row) => [row.service, row.outcomes]));
}

export interface BackEdgeCount {
  from: LifecycleStage;
  to: LifecycleStage;
  count: number;
}

/** How often work went back between stages since an instant, among what the principal may see. */
export async function backMovesSince(
  client: Queryable,
  principal: Principal,
  moves: readonly { type: string; move: string; from: LifecycleStage; to: LifecycleStage }[],
  since: string,
): Promise<BackEdgeCount[]> {
  const scope = scopeOf(principal, 3);
  const { rows } = await client.query({
    // Move by move on the index made for it, and each entry's record by its key, whatever the planner thinks of the numbers.
    text: `select m.from_stage as "from", m.to_stage as "to", count(*)::int as count
      from jsonb_to_recordset($1) as m(type text, move text, from_stage text, to_stage text)
      cross join lateral (
        select j.record_id
        from core.journal j
        where j.provider_id = $3 and j.record_type = m.type and j.move = m.move and j.recorded_at >= $2
        union all
        select j.record_id
        from core.journal j
        where j.provider_id = $3
          and j.record_type = m.type
          and j.edits ? '_then'
          and j.edits -> '_then' ? m.move
          and j.recorded_at >= $2
        offset 0) j
      cross join lateral (
        select *
        from core.record x
        where x.provider_id = $3 and x.id = j.record_id
        offset 0) r
      where ${scope.sql}
      group by 1, 2
      union all
      select 'improvement', b.target_stage, count(*)::int
      from handover.requirement_back b
      cross join lateral (
        select *
        from core.record x
        where x.provider_id = b.provider_id and x.id = b.id and x.created_at >= $2
        offset 0) r
      where b.provider_id = $3 and b.target_stage <> 'improvement' and ${scope.sql}
      group by 2
      order by 1, 2`,
    values: [
      JSON.stringify(moves.map(({ type, move, from, to }) => ({ type, move, from_stage: from, to_stage: to }))),
      since,
      ...scope.values,
    ],
  });
  return rows as BackEdgeCount[]; // the select list is BackEdgeCount
}
