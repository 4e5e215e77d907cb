// API keys: who may act without signing in. Only the hash of a secret is kept.
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../database/connect.ts';
import type { Queryable } from '../database/queryable.ts';
import { lockPeople } from './credentials.ts';
import { hashOf } from './resolve.ts';

export type KeyScope = 'read' | 'write' | 'decide';

/** Makes an API key of a person. The secret is told once and kept only as its hash (256 random bits need no slow hash). */
export async function createKey(
  client: Queryable,
  given: {
    providerId: string;
    personId: string;
    name: string;
    scopes: readonly KeyScope[];
    now: string;
    expiresAt?: string | null;
    /** The key that makes it. */
    parent?: string | null;
  },
): Promise<{ id: string; key: string }> {
  const id = randomUUIDv7();
  const key = `sw_${randomBytes(32).toString('base64url')}`;
  await client.query({
    text: `insert into core.api_key (
        id, provider_id, person_id, name, prefix, secret_hash, scopes, created_at, expires_at, parent)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      id,
      given.providerId,
      given.personId,
      given.name,
      key.slice(0, 7),
      hashOf(key),
      given.scopes,
      given.now,
      given.expiresAt ?? null,
      given.parent ?? null,
    ],
  });
  return { id, key };
}

export interface Key {
  id: string;
  person: string;
  name: string;
  /** How its secret begins, to know it by. */
  prefix: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  /** The key that made it. */
  parent: string | null;
}

const columns = `id,
      person_id as person,
      name,
      prefix,
      scopes,
      created_at as "createdAt",
      expires_at as "expiresAt",
      revoked_at as "revokedAt",
      parent`;

/** The keys of a person, the newest first; those that ended stay in the list. */
export async function keysOf(client: Queryable, person: { providerId: string; id: string }): Promise<Key[]> {
  const { rows } = await client.query({
    text: `select ${columns}
      from core.api_key
      where provider_id = $1 and person_id = $2
      order by created_at desc, id desc
      limit 500`,
    values: [person.providerId, person.id],
  });
  return rows as Key[]; // the select list
}

export async function keyOfId(
  client: Queryable,
  { providerId, id }: { providerId: string; id: string },
): Promise<Key | undefined> {
  const { rows } = await client.query({
    text: `select ${columns} from core.api_key where provider_id = $1 and id = $2`,
    values: [providerId, id],
  });
  return rows[0] as Key | undefined;
}

/**
 * Revokes a key with all that were made by it. Its person is locked first, as for making one: a key that is being made at the
 * same moment is there already, and ends too, or finds its parent ended. Live streams judge their callers anew.
 */
export async function revokeKey(
  pool: pg.Pool,
  { providerId, person, id, now }: { providerId: string; person: string; id: string; now: string },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockPeople(client, providerId, [person]);
    await client.query({
      text: `with recursive made as (
          select k.id
          from core.api_key k
          where k.provider_id = $1 and k.id = $2
          union
          select c.id
          from core.api_key c
          join made m on c.parent = m.id),
        ended as (
          update core.api_key
          set revoked_at = $3
          where id in (select id from made) and revoked_at is null)
        select pg_notify('journal', '')`,
      values: [providerId, id, now],
    });
  });
}
