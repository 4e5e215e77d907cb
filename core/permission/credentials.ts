import type { Queryable } from '../database/queryable.ts';

interface Ended {
  providerId: string;
  id: string;
  now: string;
}

/** Ends every session and every key of a person, at once; the account stays. */
export async function endCredentials(client: Queryable, person: Ended): Promise<void> {
  await client.query({
    text: `delete from identity.session
      where "userId"::text in (select user_id from core.sign_in where provider_id = $1 and person_id = $2)`,
    values: [person.providerId, person.id],
  });
  await endKeys(client, person);
}

/** Ends every key of a person. Live streams judge their callers anew. */
export async function endKeys(client: Queryable, person: Ended): Promise<void> {
  await client.query({
    text: `with ended as (
        update core.api_key
        set revoked_at = $3
        where provider_id = $1 and person_id = $2 and revoked_at is null)
      select pg_notify('journal', '')`,
    values: [person.providerId, person.id, person.now],
  });
}
