// Accounts of the sign-in library, and the one-time links that lead to them.
import type { Queryable } from '../../../core/database/queryable.ts';
import { endCredentials, endLinks, endTrust } from '../../../core/permission/credentials.ts';

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

/**
 * Gives a person's account another password and address. What the old one left behind ends with it: its second factor, every
 * session, every key and every other open link. False when the address is somebody else's.
 */
export async function renewAccount(
  client: Queryable,
  account: { email: string; hashed: string; providerId: string; personId: string; now: string },
): Promise<boolean> {
  const person = { providerId: account.providerId, id: account.personId, now: account.now };
  const { rows } = await client.query({
    text: `update identity."user" u
      set email = lower($3), "twoFactorEnabled" = false, "updatedAt" = $4
      from core.sign_in i
      where i.provider_id = $1
        and i.person_id = $2
        and u.id::text = i.user_id
        and not exists (select from identity."user" o where o.email = lower($3) and o.id <> u.id)
      returning u.id`,
    values: [account.providerId, account.personId, account.email, account.now],
  });
  const user = rows[0] as { id: string } | undefined;
  if (!user) return false;
  await client.query({
    text: `with factors as (delete from identity."twoFactor" where "userId" = $1)
      update identity.account
      set password = $2, "updatedAt" = $3
      where "userId" = $1 and "providerId" = 'credential'`,
    values: [user.id, account.hashed, account.now],
  });
  await endCredentials(client, person);
  return true;
}

export async function markClaimUser(client: Queryable, claimId: string, personId: string): Promise<void> {
  await client.query({ text: 'update core.claim set used_by = $2 where id = $1', values: [claimId, personId] });
}

/** The account that a person signs in with. */
export async function accountOf(client: Queryable, personId: string): Promise<string | undefined> {
  const { rows } = await client.query({
    text: 'select user_id as account from core.sign_in where person_id = $1',
    values: [personId],
  });
  return (rows[0] as { account: string } | undefined)?.account;
}

/** Whether a person has an account, and whether that asks for a second factor. */
export async function wayInOf(
  client: Queryable,
  personId: string,
): Promise<{ signsIn: boolean; secondFactor: boolean }> {
  const { rows } = await client.query({
    text: `select coalesce(u."twoFactorEnabled", false) as "secondFactor"
      from core.sign_in i
      left join identity."user" u on u.id::text = i.user_id
      where i.person_id = $1`,
    values: [personId],
  });
  const found = rows[0] as { secondFactor: boolean } | undefined;
  return { signsIn: found !== undefined, secondFactor: found?.secondFactor ?? false };
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
  await endTrust(client, person);
  await endLinks(client, person);
}

/** The names of what a one-time link leads to: the person, their organisation or the one that is claimed, the provider. */
export async function wordsOfLink(
  client: Queryable,
  link: { providerId: string; personId: string | null; customerId: string | null },
): Promise<{ name: string | null; email: string | null; organisation: string | null; provider: string }> {
  const { rows } = await client.query({
    text: `select h.title as name, p.email, o.title as organisation, v.name as provider
      from core.provider v
      left join core.person p on p.provider_id = v.id and p.id = $2
      left join core.record h on h.provider_id = v.id and h.id = p.id
      left join core.record o on o.provider_id = v.id and o.id = coalesce($3, p.customer)
      where v.id = $1`,
    values: [link.providerId, link.personId, link.customerId],
  });
  const words = rows[0];
  if (!words) throw new Error('the provider of a link is gone');
  return words as Awaited<ReturnType<typeof wordsOfLink>>; // the select list
}
