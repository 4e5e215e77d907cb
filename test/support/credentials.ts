import type { TestApplication } from './application.ts';

/**
 * Everything by which somebody may act, but keys within the bounds of the one that made them. What is made in an example counts
 * for itself: its provider is never more than one.
 */
export async function credentialsOf(app: TestApplication): Promise<string[]> {
  const { rows } = await app.database.ownerPool.query<{ one: string }>(
    `with of_examples as (
       select s.user_id
       from core.sign_in s
       join core.provider p on p.id = s.provider_id
       where p.example)
     select 'link ' || c.id as one
     from core.claim c
     left join core.provider p on p.id = c.provider_id
     where p.example is not true
     union all
     select 'session ' || id from identity.session
     where "userId"::text not in (select user_id from of_examples)
     union all
     select 'password ' || id || md5(password) from identity.account
     where "userId"::text not in (select user_id from of_examples)
     union all
     select 'second factor ' || id from identity."twoFactor"
     where "userId"::text not in (select user_id from of_examples)
     union all
     select 'key ' || k.id
     from core.api_key k
     left join core.api_key p on p.id = k.parent
     left join core.provider of on of.id = k.provider_id
     where (p.id is null or not k.scopes <@ p.scopes) and of.example is not true`,
  );
  return rows.map(({ one }) => one);
}
