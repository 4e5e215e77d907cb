// Refusals are no entries of a record: a chain of their own holds them, whose head checkpoints sign.
import type pg from 'pg';
import type { Difference } from './fold.ts';

/** What a refusal's hash covers: spelled here anew, because the database's own spelling may have been altered. */
const fits = `r.hash = encode(sha256(convert_to(jsonb_build_array(
    r.previous_hash, r.number, r.provider_id, r.id, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
    r.actor_id, r.channel, r.record_id, r.record_type, r.command, r.kind, r.codes, r.refusals)::text, 'UTF8')), 'hex')`;

/** Refusals that were altered, taken out or put in. */
export async function verifyRefusals(client: pg.PoolClient): Promise<Difference[]> {
  const { rows: broken } = await client.query<{ record: string; what: string }>(
    `select 'refusal ' || c.number as record,
       case when not c.fits then 'was altered: its hash does not fit' else 'does not follow the one before it' end as what
     from (
       select r.number,
         ${fits} as fits,
         r.previous_hash is not distinct from lag(r.hash) over (order by r.number)
           and r.number = 1 + coalesce(lag(r.number) over (order by r.number), 0) as follows
       from core.refusal r) c
     where not c.fits or not c.follows
     order by c.number
     limit 100`,
  );
  const { rows: unsigned } = await client.query<{ record: string; what: string }>(
    `select 'checkpoint ' || c.seq_to as record, 'covers ' || c.refusals || ' refusals, of which the last is another or gone' as what
     from core.checkpoint c
     left join core.refusal r on r.number = c.refusals
     where c.refusals > 0 and r.hash is distinct from c.refusal_head
     order by c.seq_to
     limit 100`,
  );
  return [...broken, ...unsigned];
}
