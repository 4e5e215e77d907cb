import type { Queryable } from '../database/queryable.ts';

/** Ends every session and every key of a person, at once; the account stays. Live streams judge their callers anew. */
export async function endCredentials(
  client: Queryable,
  person: { providerId: string; id: string; now: string },
): Promise<void> {
  await client.query({
    text: `with keys as (
        update core.api_key
        set revoked_at = $3
        where provider_id = $1 and person_id = $2 and revoked_at is null)
      delete from identity.session
      where "userId"::text in (select user_id from core.sign_in where provider_id = $1 and person_id = $2)`,
    values: [person.providerId, person.id, person.now],
  });
  await client.query("select pg_notify('journal', '')");
}
