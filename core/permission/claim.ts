// One-time links: who was let in, by whom, until when. Only the hash of a token is kept.
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Queryable } from '../database/queryable.ts';
import { hashOf } from './resolve.ts';

/** Makes a one-time link's token; kept only as its hash. */
export async function createClaim(
  client: Queryable,
  given: {
    providerId: string;
    kind: 'administrator' | 'customer' | 'person';
    customerId?: string | null;
    personId?: string | null;
    /** It replaces the password that the person has. */
    renews?: boolean;
    madeBy: string | null;
    now: string;
    expiresAt: string;
  },
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await client.query({
    text: `insert into core.claim (
        id, provider_id, kind, customer_id, person_id, token_hash, made_by, made_at, expires_at, renews)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      randomUUIDv7(),
      given.providerId,
      given.kind,
      given.customerId ?? null,
      given.personId ?? null,
      hashOf(token),
      given.madeBy,
      given.now,
      given.expiresAt,
      given.renews ?? false,
    ],
  });
  return token;
}

export interface Claim {
  id: string;
  providerId: string;
  kind: 'administrator' | 'customer' | 'person';
  customerId: string | null;
  personId: string | null;
  renews: boolean;
  madeBy: string | null;
}

const columns = `id,
        provider_id as "providerId",
        kind,
        customer_id as "customerId",
        person_id as "personId",
        renews,
        made_by as "madeBy"`;

/** So many addresses that have an account already may be tried with a link: each answer tells of one. */
const mostTaken = 5;

const isOpen = `token_hash = $1
        and used_at is null
        and expires_at > $2
        and taken_addresses < ${mostTaken}`;

/** A one-time link that may be taken still. */
export async function openClaim(client: Queryable, token: string, now: string): Promise<Claim | undefined> {
  const { rows } = await client.query({
    text: `select ${columns}
      from core.claim
      where ${isOpen}`,
    values: [hashOf(token), now],
  });
  return rows[0] as Claim | undefined;
}

/** Takes a one-time link: marks it used in the same statement, so that of two takers one gets it. */
export async function takeClaim(client: Queryable, token: string, now: string): Promise<Claim | undefined> {
  const { rows } = await client.query({
    text: `update core.claim
      set used_at = $2
      where ${isOpen}
      returning ${columns}`,
    values: [hashOf(token), now],
  });
  return rows[0] as Claim | undefined;
}

/** An address was tried with a link, and has an account. */
export async function noteTakenAddress(client: Queryable, id: string): Promise<void> {
  await client.query({
    text: 'update core.claim set taken_addresses = taken_addresses + 1 where id = $1',
    values: [id],
  });
}
