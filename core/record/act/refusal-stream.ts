import { randomUUIDv7 } from 'node:crypto';
import type { Caller } from '../../permission/principal.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { Refusal, Refused } from '../../refusal/refusal.ts';
import type { Application } from '../define/work.ts';
import type { Attempt } from './act.ts';

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
    `insert into core.refusal (
       provider_id, id, at, actor_id, channel, record_id, record_type, command, kind, codes, refusals)
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

interface RefusedAttempt {
  id: string;
  at: string;
  actor: string | null;
  channel: string;
  record: string | null;
  type: string | null;
  command: string;
  kind: string;
  codes: string[];
  refusals: Refusal[];
}

/** Refused attempts before another one, newest first, of one record or of all. */
export async function refusalsBefore(
  client: Queryable,
  providerId: string,
  { record, before, limit }: { record: string | null; before: { at: string; id: string } | null; limit: number },
): Promise<RefusedAttempt[]> {
  const { rows } = await client.query(
    `select id,
       at,
       actor_id as actor,
       channel,
       record_id as record,
       record_type as type,
       command,
       kind,
       codes,
       refusals
     from core.refusal
     where provider_id = $1
       and ($2::uuid is null or record_id = $2)
       and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
     order by at desc, id desc
     limit $5`,
    [providerId, record, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows as RefusedAttempt[]; // the select list
}
