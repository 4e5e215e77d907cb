// Conditions that are not met: those that I see to, and those that are owed to me.
import { headerColumns, toHeader } from '../../record/define/data.ts';
import type { Header, RecordData } from '../../record/define/data.ts';
import type { Queryable } from '../../database/queryable.ts';
import { facetsOf, inFacets } from '../../permission/facet.ts';
import { scopeOf } from '../../permission/scope.ts';
import type { Caller } from '../../permission/principal.ts';
import type { Application } from '../../record/define/work.ts';
import { binds } from './store.ts';

export interface OwedCondition {
  id: string;
  decision: string;
  gate: string;
  text: string;
  owner: string | null;
  dueAt: string | null;
  blocks: string | null;
  state: 'open' | 'lapsed';
  soon: boolean;
  mine: boolean;
  owed: boolean;
  subject: Header;
}

/** The next due of more are told: met, they make room. */
const most = 200;

/** What binds whom, among the records that this person may see and of its own facet; the next due first. */
export async function conditionsOf(
  { pool }: Application,
  { principal }: Caller,
): Promise<{ items: OwedCondition[]; count: { mine: number; owed: number } }> {
  const scope = scopeOf(principal, 6);
  const rights = principal.grants.map(({ role, customer }) => ({ role, customer }));
  const { rows } = await pool.query({
    text: `select ${headerColumns},
        x.*,
        count(*) filter (where x.mine) over ()::int as "countMine",
        count(*) filter (where x.owed) over ()::int as "countOwed"
      from (
        select c.provider_id as "ofProvider",
          c.id as condition,
          c.subject_id as subject,
          c.decision_id as decision,
          d.gate,
          c.text,
          c.owner_id as "owedBy",
          c.due_at as "dueAt",
          c.blocks,
          c.state as "conditionState",
          c.reminded_at is not null as soon,
          coalesce(c.owner_id = $2, false) as mine,
          d.decided_by = $2
            or exists (
              select
              from jsonb_to_recordset($3::jsonb) as g(role text, customer uuid)
              where g.role = d.role and g.customer is not distinct from d.customer_id) as owed
        from core.condition c
        join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
        where c.provider_id = $1
          and ${binds}
          and (c.owner_id = $2 or ${inFacets('d.customer_id', '$4')})) x
      join core.record r on r.provider_id = x."ofProvider" and r.id = x.subject
      where (x.mine or x.owed) and r.provider_id = $1 and ${scope.sql}
      order by x."dueAt" nulls last, x.condition
      limit $5`,
    values: [principal.providerId, principal.id, JSON.stringify(rights), facetsOf(principal), most, ...scope.values],
  });
  // The select list is Row.
  type Row = Header &
    Omit<OwedCondition, 'id' | 'owner' | 'state' | 'subject'> & {
      condition: string;
      owedBy: string | null;
      conditionState: OwedCondition['state'];
      countMine: number;
      countOwed: number;
    };
  const found = rows as Row[];
  return {
    items: found.map(
      ({ condition: id, decision, gate, text, owedBy: owner, dueAt, blocks, conditionState: state, ...row }) => ({
        id,
        decision,
        gate,
        text,
        owner,
        dueAt,
        blocks,
        state,
        soon: row.soon,
        mine: row.mine,
        owed: row.owed,
        subject: toHeader(row),
      }),
    ),
    count: { mine: found[0]?.countMine ?? 0, owed: found[0]?.countOwed ?? 0 },
  };
}

export type MadeOn = Pick<OwedCondition, 'id' | 'decision' | 'text' | 'owner' | 'dueAt' | 'blocks'> & {
  state: 'open' | 'met' | 'lapsed';
};

/** The conditions that some decisions on a record were made on, whatever became of them. */
export async function conditionsOn(
  client: Queryable,
  { providerId, id }: Pick<RecordData, 'providerId' | 'id'>,
  decisions: readonly { id: string }[],
): Promise<MadeOn[]> {
  if (!decisions.length) return [];
  const { rows } = await client.query({
    text: `select id, decision_id as decision, text, owner_id as owner, due_at as "dueAt", blocks, state
      from core.condition
      where provider_id = $1 and subject_id = $2 and decision_id = any($3::uuid[])
      order by id`,
    values: [providerId, id, decisions.map((each) => each.id)],
  });
  return rows as MadeOn[]; // the select list
}
