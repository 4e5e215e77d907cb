// Roles without which some gate can be decided by nobody: which, of which side, and what waits for that now. Read by whoever keeps the
// rights in order, and by the page of a gate as the reason.
import type { Queryable } from '../database/queryable.ts';
import { gateFor } from '../lifecycle/gate.ts';
import type { Gate } from '../lifecycle/gate.ts';
import { inForce } from '../permission/in-force.ts';
import type { Registry } from '../record/define/work.ts';
import { isAwaitedOf, isUndecided, posts, recordsAt } from './waiting.ts';

export interface Vacancy {
  side: 'B' | 'P';
  /** Of the business: whose people. */
  customer: string | null;
  /** Any of them decides. */
  roles: string[];
  gates: string[];
  /** How many people have to be there, and are. */
  needed: number;
  held: number;
}

export interface WaitingVacancy extends Vacancy {
  customerTitle: string | null;
  /** What waits for it now: how much, and the first of it. */
  waiting: number;
  first: { gate: string; ref: string; title: string }[];
}

interface Need {
  side: 'B' | 'P';
  roles: readonly string[];
  needed: number;
  gates: string[];
}

export const neededAt = ({ quorum }: Pick<Gate, 'quorum'>): number => (quorum === 'two_people' ? 2 : 1);

/** What the gates need that some record can come to: each set of roles once. */
function needsIn(registry: Registry, only?: Gate): Need[] {
  const reached = new Set(posts(registry, { grants: [] }).map(({ gate }) => gate));
  const gates = only
    ? [only]
    : [...registry.gates.values()]
        .filter(({ code }) => reached.has(code))
        .flatMap((gate) => (gate.internally ? [gate, gateFor(gate, [])] : [gate]));
  const needs = new Map<string, Need>();
  for (const gate of gates) {
    const { side, roles, code } = gate;
    const needed = neededAt(gate);
    const key = [side, needed, ...roles].join(' ');
    const need = needs.get(key) ?? { side, roles, needed, gates: [] };
    need.gates.push(code);
    needs.set(key, need);
  }
  return [...needs.values()];
}

interface Asked {
  providerId: string;
  now: string;
  /** One gate alone, and the customers whose word it waits for. */
  at?: { gate: Gate; customers: readonly string[] };
}

/** The roles that fewer people hold than a gate needs: of the provider, and of each customer that was claimed. One statement. */
export async function vacancies(
  client: Queryable,
  registry: Registry,
  { providerId, now, at }: Asked,
): Promise<Vacancy[]> {
  const needs = needsIn(registry, at?.gate);
  const { rows } = await client.query(
    `with needs as materialized (
       select *
       from jsonb_to_recordset($3) as n(side text, roles text[], needed integer, gates text[])),
     held as materialized (
       select distinct g.role, g.customer, g.person
       from ${inForce} and g.role in (
         select unnest(roles)
         from needs)),
     sides as (
       select n.*, null::uuid as customer
       from needs n
       where n.side = 'P'
       union all
       select n.*, c.id
       from needs n
       join core.customer c on c.provider_id = $1
         and c.state = 'active'
         and case when $4::uuid[] is null then c.claimed_at is not null else c.id = any($4) end
       where n.side = 'B'),
     -- Counted once for all: who holds a role is not looked through again for each customer.
     counted as materialized (
       select n.gates, n.side, case n.side when 'B' then h.customer end as customer, count(distinct h.person)::int as held
       from needs n
       join held h on h.role = any(n.roles)
       group by 1, 2, 3)
     select s.side, s.customer, s.roles, s.gates, s.needed, coalesce(c.held, 0) as held
     from sides s
     left join counted c on c.gates = s.gates and c.side = s.side and c.customer is not distinct from s.customer
     where coalesce(c.held, 0) < s.needed
     order by s.side desc, s.customer, s.gates`,
    [providerId, now, JSON.stringify(needs), at ? at.customers : null],
  );
  return rows as Vacancy[]; // the select list is Vacancy
}

/** At most so many are named of what waits. */
const named = 5;

/** The same, with what waits now for somebody who is not there. */
export async function waitingVacancies(client: Queryable, registry: Registry, asked: Asked): Promise<WaitingVacancy[]> {
  const found = await vacancies(client, registry, asked);
  if (!found.length) return [];
  const places = found.map((each, place) => ({ ...each, place }));
  const { rows } = await client.query<{
    place: number;
    customerTitle: string | null;
    waiting: number;
    first: WaitingVacancy['first'] | null;
  }>(
    `with places as materialized (
       select *
       from jsonb_to_recordset($2) as p(place integer, side text, customer uuid, roles text[], gates text[])),
     waits as (
       select p.place, w.gate, r.ref, r.title, row_number() over (partition by p.place order by r.updated_at, r.id) as nth
       from jsonb_to_recordset($3) as w(
         type text, state text, gate text, side text, "askedBy" text, within text[], audience text, quorum text,
         roles text[])
       join places p on p.side = w.side and w.gate = any(p.gates) and w.roles = p.roles
       ${recordsAt('$1')}
       where (p.customer is null or ${isAwaitedOf(registry, 'p.customer')}) and ${isUndecided(registry)})
     select p.place,
       k.title as "customerTitle",
       (
         select count(*)::int
         from waits w
         where w.place = p.place) as waiting,
       (
         select jsonb_agg(jsonb_build_object('gate', w.gate, 'ref', w.ref, 'title', w.title) order by w.nth)
         from waits w
         where w.place = p.place and w.nth <= ${named}) as first
     from places p
     left join core.record k on k.provider_id = $1 and k.id = p.customer
     order by p.place`,
    [asked.providerId, JSON.stringify(places), JSON.stringify(posts(registry, { grants: [] }))],
  );
  return found.map((each, place) => {
    const { customerTitle = null, waiting = 0, first = null } = rows[place] ?? {};
    return { ...each, customerTitle, waiting, first: first ?? [] };
  });
}
