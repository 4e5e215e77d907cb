import type { Queryable } from '../../core/database/queryable.ts';

export interface FoundPerson {
  id: string;
  providerId: string;
  customer: string | null;
  example: boolean;
  scenarioNow: string | null;
}

/** A person by address, the provider's own before a customer's: of those who act now, or of all who did not leave. */
export async function personByEmail(
  client: Queryable,
  email: string,
  states: readonly string[] = ['active'],
): Promise<FoundPerson | undefined> {
  const { rows } = await client.query({
    text: `select p.id, p.provider_id as "providerId", p.customer, v.example, v.scenario_now as "scenarioNow"
      from core.person p
      join core.provider v on v.id = p.provider_id
      where lower(p.email) = lower($1) and p.state = any($2)
      order by v.example, p.customer nulls first
      limit 1`,
    values: [email, states],
  });
  return rows[0] as FoundPerson | undefined;
}

export interface FoundProvider {
  id: string;
  name: string;
  scenarioNow: string | null;
}

/** Providers, of one name or all: those of one's own before examples, the newest first. */
export async function providersNamed(client: Queryable, name: string | undefined): Promise<FoundProvider[]> {
  const { rows } = await client.query({
    text: `select id, name, scenario_now as "scenarioNow"
      from core.provider
      where $1::text is null or name = $1
      order by example, created_at desc`,
    values: [name ?? null],
  });
  return rows as FoundProvider[]; // the select list
}

/** The id of a provider's record by type and reference. */
export async function findRecord(
  client: Queryable,
  providerId: string,
  type: string,
  ref: string,
): Promise<string | undefined> {
  const { rows } = await client.query({
    text: 'select id from core.record where provider_id = $1 and type = $2 and (ref = upper($3) or id::text = $3)',
    values: [providerId, type, ref],
  });
  return (rows[0] as { id: string } | undefined)?.id;
}

/** A person by reference or id; of several providers the one named, else first one that is no example. */
export async function personByRef(
  client: Queryable,
  ref: string,
  provider: string | undefined,
): Promise<(FoundPerson & { scenarioNow: string | null }) | undefined> {
  const { rows } = await client.query({
    text: `select p.id, p.provider_id as "providerId", p.customer, v.example, v.scenario_now as "scenarioNow"
      from core.person p
      join core.record r on r.provider_id = p.provider_id and r.id = p.id
      join core.provider v on v.id = p.provider_id
      where (r.ref = upper($1) or r.id::text = lower($1)) and ($2::text is null or v.name = $2)
      order by v.example, v.created_at desc
      limit 1`,
    values: [ref, provider ?? null],
  });
  return rows[0] as (FoundPerson & { scenarioNow: string | null }) | undefined;
}

/** Every right of a role that was not revoked, in order. */
export async function rightsOfRole(client: Queryable, of: { providerId: string; role: string }): Promise<string[]> {
  const { rows } = await client.query({
    text: `select id from core.role_grant where provider_id = $1 and role = $2 and state = 'active' order by id`,
    values: [of.providerId, of.role],
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}
