// Who decided what along a whole lineage: the gates of a service's life in one list.
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { headerColumns, toHeader } from '../record/define/data.ts';
import type { Header } from '../record/define/data.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import { namesOf } from '../record/read/names.ts';
import type { Application } from '../record/define/work.ts';
import { done } from '../refusal/refusal.ts';
import { facetOf, facetsOf, sinceOf } from '../permission/facet.ts';
import type { DecisionData } from './standing.ts';

/** A lineage passes each gate a few times; the newest of more are shown. */
const most = 200;

type Told =
  | 'gate'
  | 'outcome'
  | 'variant'
  | 'side'
  | 'role'
  | 'decidedBy'
  | 'onBehalfOf'
  | 'reason'
  | 'occurredAt'
  | 'ended';

/** A row: the decision beside the header of its subject. */
type Row = Header &
  Pick<DecisionData, Told> & {
    decision: string;
    decidedFor: string | null;
    /** The subject's content is another than the one decided on. */
    editedSince: boolean;
  };

/** Decisions on every record of a record's lineage that the principal may see, newest first; with `asOf`, those made by then. */
export async function lineageDecisions(
  { pool }: Application,
  principal: Principal,
  name: string,
  asOf: string | undefined,
) {
  const start = await loadHeader(pool, principal, name);
  if (!start) return missing('record', name);
  const scope = scopeOf(principal, 4);
  const { rows } = await pool.query(
    `select d.id as decision,
       d.gate,
       d.outcome,
       d.variant,
       d.side,
       d.role,
       d.decided_by as "decidedBy",
       d.on_behalf_of as "onBehalfOf",
       d.customer_id as "decidedFor",
       d.reason,
       d.occurred_at as "occurredAt",
       x.state as ended,
       d.subject_hash <> r.content_hash as "editedSince",
       ${headerColumns}
     from core.record r
     join core.decision d on d.provider_id = r.provider_id and d.subject_id = r.id
     left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
     where ${scope.sql}
       and r.lineage_id = (select lineage_id from core.record where provider_id = $4 and id = $1)
       and d.occurred_at > ${sinceOf('$3')}
       and ($2::timestamptz is null or d.occurred_at <= $2)
     order by d.recorded_at desc, d.id desc
     limit ${most}`,
    [start.id, asOf ?? null, facetsOf(principal), ...scope.values],
  );
  const all = rows as Row[]; // the select list
  const found = facetOf(
    principal,
    all.map((row) => ({ ...row, customer: row.decidedFor })),
  );
  const people = found.flatMap(({ decidedBy, onBehalfOf, customer }) => [decidedBy, onBehalfOf, customer]);
  return done({
    items: found.map((row) => ({
      id: row.decision,
      gate: row.gate,
      outcome: row.outcome,
      variant: row.variant,
      side: row.side,
      role: row.role,
      decidedBy: row.decidedBy,
      onBehalfOf: row.onBehalfOf,
      customer: row.customer,
      reason: row.reason,
      occurredAt: row.occurredAt,
      ended: row.ended,
      editedSince: row.editedSince,
      subject: toHeader(row),
    })),
    names: await namesOf(
      pool,
      principal,
      people.flatMap((id) => id ?? []),
    ),
  });
}
