import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import type { Application } from '../record/define/work.ts';
import { isUndecided, posts, recordsAt } from './waiting.ts';

export interface WaitingCount {
  gate: string;
  side: 'B' | 'P';
  waiting: number;
  /** ISO instant since when the oldest waits; null when nothing does. */
  oldestSince: string | null;
}

/** How much waits at each gate among what this principal may see, in the order of the gates, empty ones too. One statement. */
export async function waitingCounts({ registry, pool }: Application, principal: Principal): Promise<WaitingCount[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await pool.query<{ gate: string; waiting: number; oldestSince: string }>(
    `select w.gate, count(*)::int as waiting, min(r.updated_at) as "oldestSince"
     from jsonb_to_recordset($1) as w(
       type text, state text, gate text, "askedBy" text, within text[], audience text, quorum text) ${recordsAt('$2')}
     where ${scope.sql} and ${isUndecided(registry)}
     group by w.gate`,
    [JSON.stringify(posts(registry, principal)), ...scope.values],
  );
  const found = new Map(rows.map((row) => [row.gate, row]));
  return [...registry.gates.values()].map(({ code, side }) => ({
    gate: code,
    side,
    waiting: found.get(code)?.waiting ?? 0,
    oldestSince: found.get(code)?.oldestSince ?? null,
  }));
}

/** How many decisions wait on each of some lineages; those without any are left out. One statement. */
export async function waitingByLineage(
  { registry, pool }: Application,
  principal: Principal,
  lineages: readonly string[],
): Promise<Map<string, number>> {
  const scope = scopeOf(principal, 3);
  const { rows } = await pool.query<{ lineage: string; waiting: number }>(
    `select r.lineage_id as lineage, count(*)::int as waiting
     from unnest($2::uuid[]) as l (id)
     cross join lateral (
       select *
       from core.record r
       where r.provider_id = $3 and r.lineage_id = l.id
       offset 0) r
     join jsonb_to_recordset($1) as w(
       type text, state text, gate text, "askedBy" text, within text[], audience text, quorum text) on r.type = w.type
       and r.state = w.state
     where ${scope.sql} and ${isUndecided(registry)}
     group by 1`,
    [JSON.stringify(posts(registry, principal)), lineages, ...scope.values],
  );
  return new Map(rows.map((row) => [row.lineage, row.waiting]));
}
