import type pg from 'pg';
import type { Caller } from '../../permission/principal.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Done } from './act.ts';

/**
 * Runs work once per idempotency key. The key is taken inside the work's own transaction, so a second call under it
 * waits for the first to end, and a crash leaves neither the work nor the key.
 */
export async function once<T>(
  client: pg.PoolClient,
  caller: Caller,
  now: string,
  run: () => Promise<Done<T>>,
): Promise<Done<T>> {
  if (!caller.idempotency) return run();
  const { key, requestHash } = caller.idempotency;
  const { providerId, id } = caller.principal;
  const { rowCount } = await client.query(
    `insert into core.idempotency (provider_id, principal_id, key, request_hash, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [providerId, id, key, requestHash, now],
  );
  if (!rowCount) return repeated(client, caller, { key, requestHash });
  const result = await run();
  await client.query(
    'update core.idempotency set response = $4 where provider_id = $1 and principal_id = $2 and key = $3',
    [providerId, id, key, JSON.stringify({ id: result.id })],
  );
  return result;
}

async function repeated<T>(
  client: pg.PoolClient,
  caller: Caller,
  { key, requestHash }: { key: string; requestHash: string },
): Promise<Done<T>> {
  const { rows } = await client.query<{ request_hash: string; response: { id: string } | null }>(
    `select request_hash, response
     from core.idempotency
     where provider_id = $1 and principal_id = $2 and key = $3`,
    [caller.principal.providerId, caller.principal.id, key],
  );
  const first = rows[0];
  if (first?.response && first.request_hash === requestHash) return { id: first.response.id };
  return stop(
    refuse(
      'invalid',
      refusal(
        'idempotency.reused',
        'This Idempotency-Key was used for another request.',
        'Use a new key for a new request.',
      ),
    ),
  );
}

/** Keys are kept for two days: long enough for any retry. */
export async function forgetOldKeys(pool: pg.Pool, before: string): Promise<void> {
  await pool.query('select core.forget_idempotency($1)', [before]);
}
