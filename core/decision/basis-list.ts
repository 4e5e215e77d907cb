// The decisions in force whose basis changed, for who sees their subjects.
import { headerColumns, toHeader } from '../record/define/data.ts';
import type { Header } from '../record/define/data.ts';
import { facetsOf, inFacets } from '../permission/facet.ts';
import { gateFor } from '../lifecycle/gate.ts';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import type { Application, Registry } from '../record/define/work.ts';
import { askAgain } from './basis.ts';

export interface ChangedBasis {
  gate: string;
  gateLabel: string;
  side: 'B' | 'P';
  subject: Header;
  /** Since when it stands on something else. */
  since: string;
  decidedAt: string;
  /** The reader holds a role that decides there. */
  mine: boolean;
  /** Why the decider asks for the gate anew, where that was said. */
  askedAgain: string | null;
  /** Conditions that it was made on and whose day passed. */
  lapsed: string[];
}

/** Of more those are told first that wait for the reader, then the oldest: answered, they make room. */
const most = 200;

/** Where a principal decides: by gate, customer (null: for the provider), and whether the subject has customers (null: either). */
function decidesAt({ gates }: Registry, { grants }: Principal) {
  return [...gates.values()].flatMap((declared) =>
    (declared.internally ? [true, false] : [null]).flatMap((shared) => {
      const gate = shared === false ? gateFor(declared, []) : declared;
      return grants
        .filter((grant) => grant.side === gate.side && gate.roles.includes(grant.role))
        .map(({ customer }) => ({ gate: gate.code, customer, shared }));
    }),
  );
}

/** Decisions whose basis changed, the reader's own first, then the oldest, among the records that this principal may see and of its own facet. */
export async function changedBases(
  { registry, pool }: Application,
  principal: Principal,
): Promise<{ items: ChangedBasis[] }> {
  const scope = scopeOf(principal, 5);
  const { rows } = await pool.query({
    text: `select ${headerColumns},
        b.gate,
        b.since,
        d.occurred_at as "decidedAt",
        array(
          select c.text
          from core.condition c
          where c.provider_id = b.provider_id
            and c.subject_id = b.subject_id
            and c.decision_id = b.decision_id
            and c.state = 'lapsed'
          order by c.due_at, c.id) as lapsed,
        (
          select n.reason
          from core.decision n
          where n.provider_id = b.provider_id
            and n.subject_id = b.subject_id
            and n.gate = b.gate
            and n.variant = $3
            and n.recorded_at >= d.recorded_at
          order by n.recorded_at desc
          limit 1) as "askedAgain",
        exists (
          select
          from jsonb_to_recordset($4) as w(gate text, customer uuid, shared boolean)
          where w.gate = b.gate
            and (w.shared is null or w.shared = (r.customers <> '{}'))
            and (b.customer_id is null or b.customer_id = w.customer)) as mine
      from core.basis_change b
      join core.decision d on d.provider_id = b.provider_id and d.id = b.decision_id
      join core.record r on r.provider_id = b.provider_id and r.id = b.subject_id
      where b.provider_id = $1 and ${inFacets('b.customer_id', '$2')} and ${scope.sql}
      order by mine desc, b.since, b.decision_id
      limit ${most}`,
    values: [
      principal.providerId,
      facetsOf(principal),
      askAgain,
      JSON.stringify(decidesAt(registry, principal)),
      ...scope.values,
    ],
  });
  type Row = Header & Pick<ChangedBasis, 'gate' | 'since' | 'decidedAt' | 'askedAgain' | 'lapsed' | 'mine'>;
  return {
    // The select list is Row.
    items: (rows as Row[]).map(({ gate: code, since, decidedAt, askedAgain, lapsed, mine, ...header }) => {
      const declared = registry.gates.get(code);
      if (!declared) throw new Error(`no gate ${code}`);
      const gate = gateFor(declared, header.customers);
      return {
        gate: code,
        gateLabel: gate.label,
        side: gate.side,
        subject: toHeader(header),
        since,
        decidedAt,
        mine,
        askedAgain,
        lapsed,
      };
    }),
  };
}
