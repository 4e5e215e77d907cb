import { headerColumns, toHeader } from '../record/define/data.ts';
import type { Header } from '../record/define/data.ts';
import type { Money } from '../record/define/fields.ts';
import { gateFor } from '../lifecycle/gate.ts';
import type { Gate } from '../lifecycle/gate.ts';
import { stillAsked } from '../journal/format/made.ts';
import { customersOf, scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Application, Registry } from '../record/define/work.ts';
import { waitingTogether } from './waiting-together.ts';
import type { WaitingTogether } from './waiting-together.ts';
import type { Terms } from './together.ts';
import { optedOut, termsOf } from '../record/read/opted-out.ts';

export interface WaitingDecision {
  gate: string;
  gateLabel: string;
  question: string;
  side: 'B' | 'P';
  subject: Header;
  since: string;
  costPerDay: Money | null;
  mine: boolean;
  /** Where several customers decide together: by which rule, and how many have. */
  together: WaitingTogether | null;
}

interface Post {
  type: string;
  state: string;
  gate: string;
  /** The move without which nothing waits here; null where being in the state is enough. */
  askedBy: string | null;
  /** The states in which its gate is open. */
  within: readonly string[];
  /** Of a gate that is decided otherwise on the provider's own records: those, or the others; null: all. */
  audience: 'own' | 'shared' | null;
  side: 'B' | 'P';
  roles: readonly string[];
  quorum: Gate['quorum'];
  mine: boolean;
}

// Both conditions are looked up record by record (`limit 1` sees to it): what waits is little, what was ever decided is much.

/** Of `core.record r` and a post `w`: where the decision has to be asked for, it was. */
const isAskedFor = `(w."askedBy" is null or ${stillAsked({ provider: 'r.provider_id', record: 'r.id', move: 'w."askedBy"', within: 'w.within' })})`;

/** Of `core.record r` and a post `w`: the approvals in force of exactly this content, which no later refusal or leaving by the same undid. */
const approvals = `core.decision d
    left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
    where d.provider_id = r.provider_id
      and d.subject_id = r.id
      and d.gate = w.gate
      and d.outcome in ('approve', 'approve_with_conditions')
      and d.subject_hash = r.content_hash
      and x.decision_id is null
      and not exists (
        select
        from core.decision n
        where n.provider_id = r.provider_id
          and n.subject_id = r.id
          and n.gate = w.gate
          and n.outcome in ('reject', 'opt_out')
          and (n.recorded_at, n.id) > (d.recorded_at, d.id)
          and case w.quorum
            when 'every_customer' then n.customer_id = d.customer_id
            when 'as_agreed' then n.customer_id = d.customer_id
            when 'two_people' then n.decided_by = d.decided_by
            else true end)`;

/** Of `core.record r` and a post `w`: the customers whom it is to bind as `c`, under what was agreed as `t`. */
const boundBy = (registry: Registry) => `(
      select a.terms,
        (
          select sum((s ->> 'weight')::numeric) * (a.terms ->> 'percent')::numeric / 100
          from jsonb_array_elements(a.terms -> 'weights') s) as needed
      from (select (${termsOf(registry)}) as terms offset 0) a
      offset 0) t
    cross join lateral (
      select b.id,
        b.id = (t.terms ->> 'lead')::uuid as is_lead,
        t.terms -> 'customers' @> to_jsonb(b.id) as agreed,
        (
          select coalesce(sum((s ->> 'weight')::numeric), 0)
          from jsonb_array_elements(t.terms -> 'weights') s
          where (s ->> 'customer')::uuid = b.id) as weight,
        exists (select from ${approvals} and d.customer_id = b.id) as approves
      from unnest(r.customers) b(id)
      where b.id <> all(${optedOut(registry)})) c`;

/** Of these together: the rule holds for all of them. */
const isUnder = (rule: Terms['rule']) =>
  `w.quorum = 'as_agreed' and t.terms ->> 'rule' = '${rule}' and bool_and(c.agreed)`;
const isLed = `${isUnder('lead')} and bool_or(c.is_lead)`;

/** Where several customers decide together: as `together.ts` has it, of a record with its terms. */
const isCarried = (registry: Registry) => `(
    select case
      when count(*) = 0 then false
      when ${isLed} then bool_or(c.is_lead and c.approves)
      when ${isUnder('weighted')} and t.needed > 0 and sum(c.weight) >= t.needed
        then coalesce(sum(c.weight) filter (where c.approves), 0) >= t.needed
      else bool_and(c.approves) end
    from ${boundBy(registry)}
    group by t.terms, t.needed)`;

const isOfCustomers = `w.quorum in ('every_customer', 'as_agreed')`;

/** Of `core.record r` and a post `w`: it waits, for fewer approve it as it reads than its gate asks for. */
export const isUndecided = (registry: Registry): string => `${isAskedFor}
  and (w.audience is null or (w.audience = 'own') = (cardinality(r.customers) = 0))
  and case
    when ${isOfCustomers} and cardinality(r.customers) > 1 then not coalesce(${isCarried(registry)}, false)
    else (
      select count(distinct d.decided_by)
      from ${approvals}) < case w.quorum when 'two_people' then 2 else 1 end end`;

/** Of the same: the word of one customer, a column, is awaited: it is bound, has not approved, and no lead speaks for it. */
export const isAwaitedOf = (registry: Registry, customer: string): string => `(
  ${customer} = any(r.customers)
  and case
    when ${isOfCustomers} and cardinality(r.customers) > 1 then (
      select case
        when ${isLed} then bool_or(c.id = ${customer} and c.is_lead and not c.approves)
        else bool_or(c.id = ${customer} and not c.approves) end
      from ${boundBy(registry)}
      group by t.terms)
    else true end)`;

/** Of the same: whoever asks has said nothing there yet, neither themselves nor for one of their customers. */
const isOpenTo = (registry: Registry, person: string, customers: string) => `case
    when ${isOfCustomers} and cardinality(r.customers) > 1 then exists (
      select
      from (select (${termsOf(registry)}) as terms offset 0) t
      cross join unnest(r.customers) mine(id)
      where mine.id = any(${customers}::uuid[])
        and mine.id <> all(${optedOut(registry)})
        and not exists (select from ${approvals} and d.customer_id = mine.id))
    else not exists (
      select
      from ${approvals}
        and case when ${isOfCustomers} then d.customer_id = any(${customers}::uuid[])
          else d.decided_by = ${person}::uuid end) end`;

/** The records in a post's state, found post by post on the index by type and state; `provider` is a parameter. */
export const recordsAt = (provider: string) =>
  `cross join lateral (
     select *
     from core.record r
     where r.provider_id = ${provider} and r.type = w.type and r.state = w.state
     offset 0) r`;

/** Where records wait for a decision: every gate's states, and whether this principal holds a role that decides there. */
export function posts(registry: Registry, principal: Pick<Principal, 'grants'>): Post[] {
  return [...registry.records.values()].flatMap(({ definition: { type, lifecycle } }) => {
    const gated = Object.values(lifecycle.moves).flatMap((each) =>
      each.gate && each.on === 'approve'
        ? each.from.map((state) => ({ state, gate: each.gate ?? '', askedBy: each.askedBy ?? null, within: each.from }))
        : [],
    );
    const standing = Object.entries(lifecycle.stands ?? {}).flatMap(([gate, each]) =>
      each.in.map((state) => ({ state, gate, askedBy: each.askedBy ?? null, within: each.in })),
    );
    return [...gated, ...standing].flatMap(({ state, gate: code, askedBy, within }) =>
      audiencesOf(registry, code).map(({ audience, gate: { side, roles, quorum } }) => ({
        type,
        state,
        gate: code,
        askedBy,
        within,
        audience,
        side,
        roles,
        quorum,
        mine: principal.grants.some((grant) => roles.includes(grant.role) && grant.side === side),
      })),
    );
  });
}

function audiencesOf(registry: Registry, code: string): { audience: Post['audience']; gate: Gate }[] {
  const gate = registry.gates.get(code);
  if (!gate) throw new Error(`no gate ${code}`);
  if (!gate.internally) return [{ audience: null, gate }];
  return [
    { audience: 'shared', gate },
    { audience: 'own', gate: gateFor(gate, []) },
  ];
}

/** Decisions that wait among the records this principal may see: oldest first; one statement. */
export async function waiting(
  application: Application,
  principal: Principal,
  query: { limit: number; cursor?: string | undefined; mine: boolean },
): Promise<{ items: WaitingDecision[]; nextCursor: string | null }> {
  const { registry, pool } = application;
  const wanted = posts(registry, principal).filter((post) => !query.mine || post.mine);
  const scope = scopeOf(principal, 7);
  const { rows } = await pool.query({
    text: `select ${headerColumns}, w.gate, w.mine and ${isOpenTo(registry, '$4', '$5')} as mine, r.updated_at as since
      from jsonb_to_recordset($1) as w(
        type text, state text, gate text, "askedBy" text, within text[], audience text, quorum text, mine boolean) ${recordsAt('$7')}
      where ${scope.sql}
        and ${isUndecided(registry)}
        and (not $6::boolean or ${isOpenTo(registry, '$4', '$5')})
        and (
          $2::text is null
          or (r.updated_at, r.id, w.gate) > (
            split_part($2, '|', 1)::timestamptz,
            split_part($2, '|', 2)::uuid,
            split_part($2, '|', 3)))
      order by r.updated_at, r.id, w.gate
      limit $3`,
    values: [
      JSON.stringify(wanted),
      cursorOf(query.cursor),
      query.limit + 1,
      principal.id,
      customersOf(principal),
      query.mine,
      ...scope.values,
    ],
  });
  const page = rows.slice(0, query.limit) as (Header & { gate: string; mine: boolean; since: string })[];
  const last = page.at(-1);
  const costs = await delayCosts(application, principal.providerId, page);
  const togetherOf = await waitingTogether(pool, registry, principal.providerId, page);
  return {
    items: page.map((row) => {
      const declared = registry.gates.get(row.gate);
      if (!declared) throw new Error(`no gate ${row.gate}`);
      const gate = gateFor(declared, row.customers);
      return {
        gate: gate.code,
        gateLabel: gate.label,
        question: gate.question,
        side: gate.side,
        subject: toHeader(row),
        since: row.since,
        costPerDay: costs.get(row.id) ?? null,
        mine: row.mine,
        together: togetherOf(row),
      };
    }),
    nextCursor:
      rows.length > query.limit && last
        ? Buffer.from(`${last.updatedAt}|${last.id}|${last.gate}`).toString('base64url')
        : null,
  };
}

/** What a day of waiting costs, of those whose records say so. One statement for each type among them. */
async function delayCosts(
  { registry, pool }: Application,
  providerId: string,
  records: readonly Pick<Header, 'id' | 'type'>[],
): Promise<Map<string, Money | null>> {
  const costs = new Map<string, Money | null>();
  for (const type of new Set(records.map((each) => each.type))) {
    const fact = registry.records.get(type)?.delayCost;
    if (fact === undefined) continue;
    const { rows } = await pool.query<{ id: string; cost: Money | null }>(
      `select w.id, (${fact.replaceAll('$2', 'w.id')}) as cost from unnest($2::uuid[]) w(id)`,
      [providerId, records.filter((each) => each.type === type).map(({ id }) => id)],
    );
    for (const { id, cost } of rows) costs.set(id, cost);
  }
  return costs;
}

const cursorForm = /^\d{4}-\d\d-\d\dT[\d:.]+Z\|[0-9a-f-]{36}\|[A-Z]\d{1,2}$/;

function cursorOf(given: string | undefined): string | null {
  if (!given) return null;
  const text = Buffer.from(given, 'base64url').toString();
  if (!cursorForm.test(text))
    stop(
      refuse(
        'invalid',
        refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
      ),
    );
  return text;
}
