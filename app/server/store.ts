import type pg from 'pg';
import type { Principal } from '../../core/permission/principal.ts';
import type { Queryable } from '../../core/database/queryable.ts';

export async function providerOf(
  client: Queryable,
  id: string,
): Promise<{ name: string; scenarioNow: string | null; example: boolean }> {
  const { rows } = await client.query({
    text: 'select name, example, scenario_now as "scenarioNow" from core.provider where id = $1',
    values: [id],
  });
  const found = rows[0] as { name: string; scenarioNow: string | null; example: boolean } | undefined;
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

export async function providers(
  client: Queryable,
): Promise<{ id: string; name: string; example: boolean; scenarioNow: string | null }[]> {
  const { rows } = await client.query(
    'select id, name, example, scenario_now as "scenarioNow" from core.provider order by created_at',
  );
  return rows as { id: string; name: string; example: boolean; scenarioNow: string | null }[]; // the select list
}

export async function createProvider(
  client: Queryable,
  provider: { id: string; name: string; kind: string; example: boolean; scenarioNow: string | null; now: string },
): Promise<void> {
  await client.query({
    text: `insert into core.provider (id, name, kind, example, scenario_now, created_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [provider.id, provider.name, provider.kind, provider.example, provider.scenarioNow, provider.now],
  });
}

/** Moves an example provider's scenario clock, forwards only. False when it does not stand before the instant. */
export async function advanceScenario(pool: pg.Pool, id: string, instant: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update core.provider set scenario_now = $2 where id = $1 and example and scenario_now <= $2',
    [id, instant],
  );
  return rowCount === 1;
}

/**
 * Writes a person's account for signing in with a password, as the sign-in library would: it stores addresses in small
 * letters and names an account by its user. False when the address has an account already.
 */
export async function createAccount(
  client: Queryable,
  account: { name: string; email: string; hashed: string; providerId: string; personId: string; now: string },
): Promise<boolean> {
  const { rows } = await client.query({
    text: `with made as (
        insert into identity."user" (name, email, "emailVerified", "createdAt", "updatedAt")
        values ($1, lower($2), true, $6, $6)
        on conflict (email) do nothing
        returning id),
        secret as (
          insert into identity.account (
            "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
          select id::text, 'credential', id, $3, $6, $6
          from made)
      insert into core.sign_in (user_id, provider_id, person_id)
      select id::text, $4, $5
      from made
      returning user_id`,
    values: [account.name, account.email, account.hashed, account.providerId, account.personId, account.now],
  });
  return rows.length === 1;
}

export async function markClaimUser(client: Queryable, claimId: string, personId: string): Promise<void> {
  await client.query({ text: 'update core.claim set used_by = $2 where id = $1', values: [claimId, personId] });
}

export async function revokeKey(pool: pg.Pool, principal: Principal, id: string, now: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update core.api_key
     set revoked_at = $4
     where provider_id = $1 and person_id = $2 and id = $3 and revoked_at is null`,
    [principal.providerId, principal.id, id, now],
  );
  await pool.query(`select pg_notify('journal', '')`); // wakes the live streams, which judge their callers anew
  return rowCount === 1;
}

export async function databaseVersion(client: Queryable): Promise<string> {
  const { rows } = await client.query('select version() as version');
  return (rows[0] as { version: string }).version.split(' ').slice(0, 2).join(' ');
}

/** True while nobody has claimed the installation: no provider exists. */
export async function isEmpty(client: Queryable): Promise<boolean> {
  const { rows } = await client.query('select not exists (select from core.provider where not example) as empty');
  return (rows[0] as { empty: boolean }).empty;
}

export async function hasAdministrator(client: Queryable): Promise<boolean> {
  const { rows } = await client.query(
    `select exists (
       select
       from core.role_grant g
       join core.provider p on p.id = g.provider_id
       where g.role = 'ADM' and not p.example) as found`,
  );
  return (rows[0] as { found: boolean }).found;
}

/** Whether a person has an account to sign in with. */
export async function hasSignIn(client: Queryable, personId: string): Promise<boolean> {
  const { rows } = await client.query({
    text: 'select exists (select from core.sign_in where person_id = $1) as found',
    values: [personId],
  });
  return (rows[0] as { found: boolean }).found;
}

/** Ends a person's account, sessions, keys and open one-time links; nothing of it names the person any more. */
export async function endSignIn(
  client: Queryable,
  person: { providerId: string; id: string; now: string },
): Promise<void> {
  await client.query({
    text: `with accounts as (select i.user_id from core.sign_in i where i.provider_id = $1 and i.person_id = $2),
        sessions as (delete from identity.session where "userId"::text in (select user_id from accounts)),
        factors as (delete from identity."twoFactor" where "userId"::text in (select user_id from accounts)),
        secrets as (delete from identity.account where "userId"::text in (select user_id from accounts)),
        links as (
          update core.claim
          set expires_at = $3
          where provider_id = $1 and person_id = $2 and used_at is null),
        keys as (
          update core.api_key
          set name = '[erased]', revoked_at = coalesce(revoked_at, $3)
          where provider_id = $1 and person_id = $2)
      update identity."user"
      set name = '[erased]',
        email = id || '@erased.invalid',
        image = null,
        "twoFactorEnabled" = false,
        "updatedAt" = $3
      where id::text in (select user_id from accounts)`,
    values: [person.providerId, person.id, person.now],
  });
}
