import { randomUUIDv7 } from 'node:crypto';
import type { Caller } from '../permission/principal.ts';
import type { Refused } from '../refusal/refusal.ts';
import type { Application, Attempt } from './work.ts';

/** Refusals are facts: auditors and process mining read them. Mere absence (404) and bad form (422) are not attempts at anything. */
export async function rememberRefusal(
  application: Application,
  caller: Caller,
  attempt: Attempt,
  refused: Refused,
): Promise<void> {
  if (refused.kind === 'not_found' || refused.kind === 'invalid') return;
  const { principal, channel } = caller;
  await application.pool.query(
    `insert into core.refusal (provider_id, id, at, actor_id, channel, record_id, record_type, command, kind, codes, refusals)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      principal.providerId,
      randomUUIDv7(),
      principal.scenarioNow ?? new Date(application.clock()).toISOString(),
      principal.id,
      channel,
      attempt.id ?? null,
      attempt.type ?? null,
      attempt.command,
      refused.kind,
      refused.refusals.map((each) => each.code),
      JSON.stringify(refused.refusals),
    ],
  );
}
