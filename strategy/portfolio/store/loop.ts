import { scopeOf } from '../../../core/permission/scope.ts';
import type { Principal } from '../../../core/permission/principal.ts';
import { headerColumns, toHeader } from '../../../core/record/data.ts';
import type { Header } from '../../../core/record/data.ts';
import type { StageName } from '../../../core/record/define.ts';
import type { Queryable } from '../../../core/record/queryable.ts';
import type { VersionState } from '../lifecycle/service-version.ts';
import type { WeightedOutcome } from '../value.ts';

export interface ServiceOnTheLoop {
  header: Header;
  status: VersionState | null;
  /** Of its versions. */
  lineages: string[];
  /** An improvement of it is being worked on. */
  improving: boolean;
}

/** Services that are not retired, at most two hundred, the most recently edited first. */
export async function servicesOnTheLoop(client: Queryable, principal: Principal): Promise<ServiceOnTheLoop[]> {
  const scope = scopeOf(principal, 1);
  const { rows } = await client.query({
    text: `select ${headerColumns}, s.status,
       coalesce((select array_agg(distinct vr.lineage_id) from strategy.service_version v join core.record vr on vr.provider_id = v.provider_id and vr.id = v.id
         where v.provider_id = s.provider_id and v.service = s.id and v.state not in ('retired', 'cancelled')), '{}') as lineages,
       exists (select from core.link l join core.record i on i.provider_id = l.provider_id and i.id = l.from_id
         where l.provider_id = s.provider_id and l.to_id = s.id and l.type = 'improves' and l.withdrawn_at is null and i.state in ('analysing', 'justified', 'approved', 'routed', 'implementing', 'implemented', 'verifying')) as improving
     from core.record r join strategy.service s on s.provider_id = r.provider_id and s.id = r.id
     where r.type = 'service' and r.state <> 'retired' and ${scope.sql} order by r.updated_at desc, r.id limit 200`,
    values: scope.values,
  });
  return (rows as (Header & Omit<ServiceOnTheLoop, 'header'>)[]).map((row) => ({
    header: toHeader(row),
    status: row.status,
    lineages: row.lineages,
    improving: row.improving,
  }));
}

/** Weight and attainment of the outcomes that the agreed packages of some services promise, by service. */
export async function valueOfServices(
  client: Queryable,
  provider: string,
  services: readonly string[],
): Promise<Map<string, WeightedOutcome[]>> {
  const { rows } = await client.query<{ service: string; outcomes: WeightedOutcome[] }>(
    `select x.service, jsonb_agg(jsonb_build_object('weight', x.weight, 'attainment', x.attainment)) as outcomes from (
       select distinct p.service, o.id, o.weight, o.attainment from strategy.service_package p
       join core.link l on l.provider_id = p.provider_id and l.from_id = p.id and l.type = 'promises' and l.withdrawn_at is null
       join strategy.outcome o on o.provider_id = l.provider_id and o.id = l.to_id and o.state <> 'withdrawn'
       where p.provider_id = $1 and p.service = any($2::uuid[]) and p.state in ('agreed', 'chartered', 'in_design', 'delivered')) x group by x.service`,
    [provider, services],
  );
  return new Map(rows.map((row) => [row.service, row.outcomes]));
}

export interface BackEdgeCount {
  from: StageName;
  to: StageName;
  count: number;
}

/** How often work went back between stages since an instant, among what the principal may see. */
export async function backMovesSince(
  client: Queryable,
  principal: Principal,
  moves: readonly { type: string; move: string; from: StageName; to: StageName }[],
  since: string,
): Promise<BackEdgeCount[]> {
  const scope = scopeOf(principal, 3);
  const { rows } = await client.query({
    text: `select m.from_stage as "from", m.to_stage as "to", count(*)::int as count
     from jsonb_to_recordset($1) as m(type text, move text, from_stage text, to_stage text)
     join core.journal j on j.provider_id = $3 and j.record_type = m.type and j.move = m.move and j.recorded_at >= $2
     join core.record r on r.provider_id = j.provider_id and r.id = j.record_id
     where ${scope.sql} group by 1, 2
     union all
     select 'improvement', b.target_stage, count(*)::int from handover.requirement_back b
     join core.record r on r.provider_id = b.provider_id and r.id = b.id and r.created_at >= $2
     where b.target_stage <> 'improvement' and ${scope.sql} group by 2 order by 1, 2`,
    values: [
      JSON.stringify(moves.map(({ type, move, from, to }) => ({ type, move, from_stage: from, to_stage: to }))),
      since,
      ...scope.values,
    ],
  });
  return rows as BackEdgeCount[]; // the select list is BackEdgeCount
}
