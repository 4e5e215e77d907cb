// Of what waits for several customers: by which rule they decide, and how many have.
import { isOfCustomers } from '../lifecycle/gate.ts';
import type { Gate } from '../lifecycle/gate.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Header } from '../record/define/data.ts';
import { optedOut, termsOf } from '../record/read/opted-out.ts';
import type { Registry } from '../record/define/work.ts';
import { eachDecides, ruleFor } from './together.ts';
import type { Terms } from './together.ts';

export interface WaitingTogether {
  rule: Terms['rule'];
  decided: number;
  of: number;
}

type Waiting = Pick<Header, 'id' | 'customers'> & { gate: string };
interface Found {
  id: string;
  gate: string;
  terms: Terms | null;
  optedOut: string[];
  decided: number;
}

const keyOf = ({ id, gate }: Pick<Found, 'id' | 'gate'>): string => `${id} ${gate}`;

/** By record and gate; what one customer decides alone is left out. One statement, none where nothing is of several. */
export async function waitingTogether(
  client: Queryable,
  registry: Registry,
  providerId: string,
  rows: readonly Waiting[],
): Promise<(of: Waiting) => WaitingTogether | null> {
  const gateOf = ({ gate }: Pick<Waiting, 'gate'>): Gate | undefined => registry.gates.get(gate);
  const several = rows.filter((row) => {
    const gate = gateOf(row);
    return row.customers.length > 1 && gate !== undefined && isOfCustomers(gate);
  });
  if (!several.length) return () => null;
  const { rows: found } = await client.query<Found>(
    `select w.id,
       w.gate,
       t.terms,
       o.ids as "optedOut",
       (
         select count(*)::int
         from unnest(r.customers) c(id)
         where c.id = any(o.ids) or exists (
           select
           from core.decision d
           left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
           where d.provider_id = r.provider_id
             and d.subject_id = r.id
             and d.gate = w.gate
             and d.customer_id = c.id
             and d.outcome in ('approve', 'approve_with_conditions', 'reject')
             and d.subject_hash = r.content_hash
             and x.decision_id is null)) as decided
     from jsonb_to_recordset($2) as w(id uuid, gate text)
     join core.record r on r.provider_id = $1 and r.id = w.id
     cross join lateral (select (${termsOf(registry)}) as terms offset 0) t
     cross join lateral (select ${optedOut(registry)} as ids offset 0) o`,
    [providerId, JSON.stringify(several.map(({ id, gate }) => ({ id, gate })))],
  );
  const byKey = new Map(found.map((each) => [keyOf(each), each]));
  return (of) => {
    const each = byKey.get(keyOf(of));
    const gate = gateOf(of);
    if (!each || !gate) return null;
    const together = { ...eachDecides, ...each.terms, optedOut: each.optedOut };
    return { rule: ruleFor(gate, together, of.customers), decided: each.decided, of: of.customers.length };
  };
}
