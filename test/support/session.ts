import { createHmac, randomUUID } from 'node:crypto';
import { hashOf } from '../../core/permission/resolve.ts';
import { createAccount } from '../../app/server/store/accounts.ts';
import { testSecret } from './application.ts';
import type { TestApplication } from './application.ts';
import { client } from './client.ts';
import type { Client } from './client.ts';

/** What stands in the database of a session, and the cookie that a browser has of it. */
export const sessionOfToken = (token: string) => ({
  stored: hashOf(token),
  cookie: `servicewright.session_token=${encodeURIComponent(`${token}.${createHmac('sha256', testSecret).update(token).digest('base64')}`)}`,
});

/** The same person by a session instead of a key: one that began this moment, or at `since`. */
export async function signedIn(
  { application, server, clock, providerId }: TestApplication,
  { id }: Pick<Client, 'id'>,
  since = new Date(clock.now()).toISOString(),
): Promise<Client> {
  const { pool } = application;
  const found = async () =>
    (await pool.query<{ user: string }>('select user_id as user from core.sign_in where person_id = $1', [id])).rows[0];
  if (!(await found()))
    await createAccount(pool, {
      name: 'Signed in',
      email: `${id}@accounts.example.org`,
      hashed: 'no password',
      providerId,
      personId: id,
      now: new Date(clock.now()).toISOString(),
    });
  const token = randomUUID();
  const { stored, cookie } = sessionOfToken(token);
  await pool.query(
    `insert into identity.session (token, "userId", "expiresAt", "createdAt", "updatedAt")
     values ($1, $2, $3, $4, $4)`,
    [stored, (await found())?.user, new Date(clock.now() + 7 * 24 * 3_600_000).toISOString(), since],
  );
  return client(server, id, null, { cookie });
}
