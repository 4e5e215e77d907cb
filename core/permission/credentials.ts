// What somebody gets in with: it ends together, and nothing that outlives it is made by what has ended.
import type { Queryable } from '../database/queryable.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Principal } from './principal.ts';

interface Ended {
  providerId: string;
  id: string;
  now: string;
}

/**
 * Locks people, in the order of their ids: whoever makes a credential holds its person, and whoever ends credentials waits for
 * that, or is waited for. A statement of its own, so that the next one sees what was made meanwhile.
 */
export async function lockPeople(client: Queryable, providerId: string, people: readonly string[]): Promise<void> {
  await client.query({
    text: `select 1
      from core.record
      where provider_id = $1 and id = any($2::uuid[])
      order by id
      for update`,
    values: [providerId, people],
  });
}

/**
 * Refuses by `stop` where what somebody asks with ended since they were let in: its session, or its key or one that made that.
 * Asked with the person locked, before anything is made that outlives the call.
 */
export async function requireStanding(client: Queryable, principal: Principal): Promise<void> {
  const { providerId, key, session } = principal;
  if (key) {
    const { rows } = await client.query({
      text: `with recursive line as (
          select k.parent, k.revoked_at
          from core.api_key k
          where k.provider_id = $1 and k.id = $2
          union all
          select k.parent, k.revoked_at
          from line l
          join core.api_key k on k.id = l.parent)
        select count(*)::int as keys, count(revoked_at)::int as revoked
        from line`,
      values: [providerId, key.id],
    });
    const { keys, revoked } = rows[0] as { keys: number; revoked: number }; // the select list
    if (!keys || revoked) stop(over('sign-in.key', 'This API key is unknown, expired or revoked.'));
  } else if (session) {
    const { rows } = await client.query({ text: 'select from identity.session where id = $1', values: [session] });
    if (!rows.length) stop(over('sign-in.needed', 'This session has ended.'));
  }
}

const over = (code: string, sentence: string) =>
  refuse('unauthenticated', refusal(code, sentence, 'Sign in, or use another API key.'));

/** Ends every session, key and one-time link of a person, at once; the account stays. Within a transaction. */
export async function endCredentials(client: Queryable, person: Ended): Promise<void> {
  await lockPeople(client, person.providerId, [person.id]);
  await client.query({
    text: `delete from identity.session
      where "userId"::text in (select user_id from core.sign_in where provider_id = $1 and person_id = $2)`,
    values: [person.providerId, person.id],
  });
  await endLeftBehind(client, person);
}

/**
 * Ends what a person may have left behind, within a transaction: every key, every device that is trusted to need no second
 * factor, every open one-time link of it, and every one that it made. Live streams judge their callers anew.
 */
export async function endLeftBehind(client: Queryable, person: Ended): Promise<void> {
  await lockPeople(client, person.providerId, [person.id]);
  await endTrust(client, person);
  await client.query({
    text: `with ended as (
        update core.api_key
        set revoked_at = $3
        where provider_id = $1 and person_id = $2 and revoked_at is null)
      select pg_notify('journal', '')`,
    values: [person.providerId, person.id, person.now],
  });
  await endLinks(client, person);
}

/** No device of a person is trusted any more, and no challenge of its second factor waits for an answer. */
export async function endTrust(client: Queryable, person: Omit<Ended, 'now'>): Promise<void> {
  await client.query({
    text: `delete from identity.verification
      where value in (select user_id from core.sign_in where provider_id = $1 and person_id = $2)`,
    values: [person.providerId, person.id],
  });
}

/** No open link of a person, or made by it, leads anywhere any more: it ends where it began, by whatever clock that was. */
export async function endLinks(client: Queryable, person: Omit<Ended, 'now'>): Promise<void> {
  await client.query({
    text: `with open as (
        select id
        from core.claim
        where provider_id = $1 and (person_id = $2 or made_by = $2) and used_at is null
        order by id
        for update)
      update core.claim
      set expires_at = least(expires_at, made_at)
      where id in (select id from open) and used_at is null`,
    values: [person.providerId, person.id],
  });
}
