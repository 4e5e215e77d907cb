import { createHash } from 'node:crypto';
import type { Queryable } from '../database/queryable.ts';
import { readingRole } from './principal.ts';
import type { Grant, Principal, RoleDefinition, Side } from './principal.ts';

interface PersonRow {
  id: string;
  name: string;
  providerId: string;
  customer: string | null;
  ended: boolean;
  example: boolean;
  scenarioNow: string | null;
  settled: string;
  scopes: string[] | null;
  key?: { id: string; expiresAt: string | null };
  session?: string;
  signedInAt?: string;
  grants: Omit<Grant, 'side'>[] | null;
}

/**
 * A person with every right in force at the provider's now: own grants, and those lent by a delegation in force,
 * one hop at most (a lent right cannot be lent on, since delegations read grants only). $1 = the machine's now.
 */
const personSelect = `p.id,
    h.title as name,
    p.provider_id as "providerId",
    p.customer,
    exists (
      select
      from core.customer c
      where c.provider_id = p.provider_id and c.id = p.customer and c.state = 'ended') as ended,
    v.example,
    v.scenario_now as "scenarioNow",
    pg_snapshot_xmin(pg_current_snapshot()) as settled,
    (
      select jsonb_agg(g)
      from (
        select g.id,
          g.role,
          g.customer,
          case when g.limit_minor is null then null else jsonb_build_object(
            'minor', g.limit_minor, 'currency', g.limit_currency) end as "limit",
          null::uuid as "delegationId",
          null::uuid as "onBehalfOf"
        from core.role_grant g
        where g.provider_id = p.provider_id
          and g.person = p.id
          and g.state = 'active'
          and coalesce(g.valid_from, '-infinity') <= n.now
          and coalesce(g.valid_to, 'infinity') > n.now
        union all
        select g.id,
          g.role,
          g.customer,
          case when g.limit_minor is null then null else jsonb_build_object(
            'minor', g.limit_minor, 'currency', g.limit_currency) end,
          d.id,
          d.delegator
        from core.delegation d
        join core.role_grant g on g.provider_id = d.provider_id
          and g.person = d.delegator
          and g.role = d.role
          and g.customer is not distinct from d.customer
        join core.person w on w.provider_id = d.provider_id and w.id = d.delegator and w.state = 'active'
        where d.provider_id = p.provider_id
          and d.delegate = p.id
          and d.state = 'active'
          and d.valid_from <= n.now
          and d.valid_to > n.now
          and g.state = 'active'
          and coalesce(g.valid_from, '-infinity') <= n.now
          and coalesce(g.valid_to, 'infinity') > n.now) g) as grants`;
const personFrom = `core.person p
  join core.record h on h.provider_id = p.provider_id and h.id = p.id
  join core.provider v on v.id = p.provider_id,
    lateral (select coalesce(v.scenario_now, $1::timestamptz) as now) n`;

function toPrincipal(row: PersonRow, roles: ReadonlyMap<string, RoleDefinition>): Principal {
  const grants = (row.grants ?? []).flatMap((grant) => {
    const side: Side | undefined = roles.get(grant.role)?.side;
    return side ? [{ ...grant, side, ...(row.ended ? { role: readingRole } : {}) }] : [];
  });
  return {
    kind: 'person',
    id: row.id,
    name: row.name,
    providerId: row.providerId,
    customer: row.customer,
    ended: row.ended,
    example: row.example,
    scenarioNow: row.scenarioNow,
    settled: row.settled,
    keyScopes: row.scopes,
    key: row.key ?? null,
    session: row.session ?? null,
    signedInAt: row.signedInAt ?? null,
    grants,
  };
}

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** The person behind an API key, with its rights; undefined for a key that is unknown, expired or revoked. One statement. */
export async function principalOfKey(
  client: Queryable,
  roles: ReadonlyMap<string, RoleDefinition>,
  key: string,
  now: string,
): Promise<Principal | undefined> {
  const { rows } = await client.query({
    name: 'principal of key',
    text: `select ${personSelect},
        k.scopes,
        jsonb_build_object('id', k.id, 'expiresAt', k.expires_at) as key
      from core.api_key k, ${personFrom}
      where p.provider_id = k.provider_id
        and p.id = k.person_id
        and k.secret_hash = $2
        and k.revoked_at is null
        and coalesce(k.expires_at, 'infinity') > $1::timestamptz
        and p.state = 'active'`,
    values: [now, hashOf(key)],
  });
  const row = rows[0] as PersonRow | undefined;
  return row && toPrincipal(row, roles);
}

/** The person who signed in as an account, with its rights. One statement. */
export async function principalOfSession(
  client: Queryable,
  roles: ReadonlyMap<string, RoleDefinition>,
  token: string,
  now: string,
): Promise<Principal | undefined> {
  const { rows } = await client.query({
    name: 'principal of session',
    text: `select ${personSelect}, null as scopes, s.id as session, s."createdAt" as "signedInAt"
      from identity.session s
      join core.sign_in i on i.user_id = s."userId"::text, ${personFrom}
      where p.provider_id = i.provider_id
        and p.id = i.person_id
        and s.token = $2
        and s."expiresAt" > $1::timestamptz
        and p.state = 'active'`,
    values: [now, hashOf(token)],
  });
  const row = rows[0] as PersonRow | undefined;
  return row && toPrincipal(row, roles);
}

/** Holds what somebody's rights rest on, so that none of it ends before the transaction does: who ends it locks it as well. */
export async function holdRights(
  client: Queryable,
  { providerId, id, customer, grants }: Pick<Principal, 'providerId' | 'id' | 'customer' | 'grants'>,
): Promise<void> {
  const held = grants.flatMap((grant) => [grant.id, grant.delegationId ?? [], grant.onBehalfOf ?? []].flat());
  await client.query({
    text: `select 1
      from core.record
      where provider_id = $1 and id = any($2::uuid[])
      order by id
      for share`,
    values: [providerId, [id, ...(customer === null ? [] : [customer]), ...held]],
  });
}

export async function principalOfPerson(
  client: Queryable,
  roles: ReadonlyMap<string, RoleDefinition>,
  person: { providerId: string; id: string },
  now: string,
): Promise<Principal | undefined> {
  const { rows } = await client.query({
    text: `select ${personSelect}, null as scopes
      from ${personFrom}
      where p.provider_id = $2 and p.id = $3 and p.state = 'active'`,
    values: [now, person.providerId, person.id],
  });
  const row = rows[0] as PersonRow | undefined;
  return row && toPrincipal(row, roles);
}
