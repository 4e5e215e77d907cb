// Who decides instead: asked at each door by which somebody's right to decide goes, while a decision waits for it.
import { gateFor } from '../lifecycle/gate.ts';
import { isUndecided, posts, recordsAt } from '../decision/waiting.ts';
import type { Queryable } from '../database/queryable.ts';
import type { RecordData } from '../record/define/data.ts';
import type { FactSource } from '../record/define/fact.ts';
import type { Registry, Work } from '../record/define/work.ts';
import { inForce } from '../permission/in-force.ts';
import type { Going } from './administrators.ts';
import type { Undecided } from './person-rules.ts';

/** Of rights in force, as `g`: those that would go. $3 = a right's id, a person's, or an organisation's. */
const goes = '(g.id = $3 or g.person = $3 or coalesce(g.customer = $3, false))';

const decides = (right: string) =>
  `${right}.role = any(w.roles) and (${right}.customer is null or ${right}.customer = any(r.customers))`;

/** Decisions that wait now and that nobody else holds a role for; one of a business for the same organisation. */
export async function undecidedWithout(
  client: Queryable,
  registry: Registry,
  { providerId, now, id }: Going,
): Promise<Undecided[]> {
  const waiting = posts(registry, { grants: [] });
  const { rows } = await client.query({
    text: `with going as materialized (
        select g.role, g.customer
        from ${inForce} and ${goes}),
      staying as materialized (
        select g.role, g.customer
        from ${inForce} and not ${goes}),
      w as materialized (
        select *
        from jsonb_to_recordset($4) as post(
          type text, state text, gate text, side text, "askedBy" text, within text[], audience text, quorum text, roles text[])
        where exists (select from going where going.role = any(post.roles)))
      select r.ref, w.gate
      from w ${recordsAt('$1')}
      where exists (
          select
          from going
          where ${decides('going')}
            and not exists (
              select
              from staying
              where ${decides('staying')} and (w.side = 'P' or staying.customer = going.customer)))
        and ${isUndecided(registry)}
      order by r.ref, w.gate
      limit 20`,
    values: [providerId, now, id, JSON.stringify(waiting)],
  });
  return rows as Undecided[]; // the select list
}

/** The same of a record: a person, a right, or an organisation. */
export const undecided = (
  { client, now, registry }: FactSource,
  { providerId, id }: RecordData,
): Promise<Undecided[]> => undecidedWithout(client, registry, { providerId, now, id });

/**
 * Every right that decides at a gate where one of those decides that go: locked before they go, so that of two who go at the
 * same moment the second finds itself the only one left.
 */
export async function decidingAlike({ application, client, caller }: Work, id: string): Promise<string[]> {
  const gates = [...application.registry.gates.values()]
    .flatMap((gate) => [gate, gateFor(gate, [])])
    .map(({ roles }) => ({ roles }));
  const { rows } = await client.query<{ id: string }>(
    `select distinct o.id
     from core.role_grant g
     join jsonb_to_recordset($2) as w(roles text[]) on g.role = any(w.roles)
     join core.role_grant o on o.provider_id = g.provider_id
       and o.state = 'active'
       and o.role = any(w.roles)
     where g.provider_id = $1 and g.state = 'active' and ${goes}`,
    [caller.principal.providerId, JSON.stringify(gates), id],
  );
  return rows.map((row) => row.id);
}
