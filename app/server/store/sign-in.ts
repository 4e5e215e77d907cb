// What the sign-in library does not count: wrong passwords by account and network, and codes that were used.
import type { Queryable } from '../../../core/database/queryable.ts';

/** Seconds until an account may be tried again from a network; 0 while it may. */
export async function secondsToWait(client: Queryable, key: string): Promise<number> {
  const { rows } = await client.query({
    text: `select greatest(0, ceil(extract(epoch from wait_until - now())))::int as seconds
      from identity.sign_in_failure
      where key = $1`,
    values: [key],
  });
  return (rows[0] as { seconds: number | null } | undefined)?.seconds ?? 0;
}

export interface Patience {
  /** So many wrong ones go by without a wait. */
  free: number;
  /** How long each further one makes the next wait. */
  waitSeconds: number;
  /** After so long without a wrong one nothing is remembered. */
  forgetSeconds: number;
}

/** Counts a wrong password; the wait begins with the last free one. */
export async function countFailure(
  client: Queryable,
  key: string,
  { free, waitSeconds, forgetSeconds }: Patience,
): Promise<void> {
  await client.query({
    text: `insert into identity.sign_in_failure as f (key, count, last_at, wait_until)
      values ($1, 1, now(), null)
      on conflict (key) do update
      set count = case when f.last_at < now() - make_interval(secs => $4) then 1 else f.count + 1 end,
        last_at = now(),
        wait_until = case
          when f.last_at >= now() - make_interval(secs => $4) and f.count + 1 >= $2 then now() + make_interval(secs => $3)
        end`,
    values: [key, free, waitSeconds, forgetSeconds],
  });
}

export async function forgetFailures(client: Queryable, key: string): Promise<void> {
  await client.query({ text: 'delete from identity.sign_in_failure where key = $1', values: [key] });
}

/** So many rows are forgotten by one statement, so that none takes long however many strangers left. */
const atOnce = 5000;

/** What is left of tries, challenges and sessions once it counts for nothing any more: strangers leave some of it behind at will. */
const leftBehind = [
  `delete from identity.sign_in_failure
   where key in (
     select key
     from identity.sign_in_failure
     where last_at < now() - interval '1 hour'
     limit $1)`,
  `delete from identity."rateLimit"
   where id in (
     select id
     from identity."rateLimit"
     where "lastRequest" < extract(epoch from now() - interval '1 hour')::bigint * 1000
     limit $1)`,
  `delete from identity.used_code
   where (user_id, code_hash) in (
     select user_id, code_hash
     from identity.used_code
     where used_at < now() - interval '1 hour'
     limit $1)`,
  `delete from identity.verification
   where id in (
     select id
     from identity.verification
     where "expiresAt" < now() - interval '1 hour'
     limit $1)`,
  `delete from identity.session
   where id in (
     select id
     from identity.session
     where "expiresAt" < now() - interval '1 hour'
     limit $1)`,
];

/** Forgets all of that after an hour, which is longer than any of it is looked at. By the database's clock, as it was written. */
export async function forgetTries(client: Queryable): Promise<void> {
  for (const text of leftBehind)
    for (let forgotten = atOnce; forgotten === atOnce; )
      forgotten = (await client.query({ text, values: [atOnce] })).rowCount ?? 0;
}

/** Marks a one-time code as used by its account: false when it was already. Those that ran out are forgotten. */
export async function useCode(client: Queryable, user: string, code: string): Promise<boolean> {
  await client.query(`delete from identity.used_code where used_at < now() - interval '10 minutes'`);
  const { rows } = await client.query({
    text: `insert into identity.used_code (user_id, code_hash, used_at)
      values ($1, $2, now())
      on conflict do nothing
      returning user_id`,
    values: [user, code],
  });
  return rows.length === 1;
}

/** The person behind an account. */
export async function personOfAccount(
  client: Queryable,
  user: string,
): Promise<{ providerId: string; id: string } | undefined> {
  const { rows } = await client.query({
    text: 'select provider_id as "providerId", person_id as id from core.sign_in where user_id = $1',
    values: [user],
  });
  return rows[0] as { providerId: string; id: string } | undefined;
}

/** The address of the account that a session is of. */
export async function emailOfSession(client: Queryable, token: string): Promise<string | undefined> {
  const { rows } = await client.query({
    text: `select u.email
      from identity.session s
      join identity."user" u on u.id = s."userId"
      where s.token = $1`,
    values: [token],
  });
  return (rows[0] as { email: string } | undefined)?.email;
}

/** What the library knows of a person's account: its name for it, and how the password is kept. */
export async function passwordOf(
  client: Queryable,
  person: { providerId: string; id: string },
): Promise<{ email: string; hash: string } | undefined> {
  const { rows } = await client.query({
    text: `select u.email, a.password as hash
      from core.sign_in i
      join identity."user" u on u.id::text = i.user_id
      join identity.account a on a."userId" = u.id and a."providerId" = 'credential'
      where i.provider_id = $1 and i.person_id = $2 and a.password is not null`,
    values: [person.providerId, person.id],
  });
  return rows[0] as { email: string; hash: string } | undefined;
}

/** Whether a hash is that of an account's password still: a change that is under way is waited for. */
export async function isPassword(client: Queryable, user: string, hash: string): Promise<boolean> {
  const { rows } = await client.query({
    text: `select password
      from identity.account
      where "userId" = $1 and "providerId" = 'credential'
      for share`,
    values: [user],
  });
  return (rows as { password: string | null }[]).some(({ password }) => password === hash);
}

export async function endSession(client: Queryable, id: string): Promise<void> {
  await client.query({ text: 'delete from identity.session where id = $1', values: [id] });
}

/** Ends every session of an account but one, and what it began to sign in with a second factor. */
export async function endOtherSessions(
  client: Queryable,
  { user, kept }: { user: string; kept: string },
): Promise<void> {
  await client.query({
    text: `with challenges as (delete from identity.verification where value = $1::text)
      delete from identity.session
      where "userId" = $1::uuid and token <> $2`,
    values: [user, kept],
  });
}
