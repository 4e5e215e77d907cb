import { setInterval as every } from 'node:timers/promises';
import type pg from 'pg';

const lookEachMs = 30_000;

/**
 * Looks now, and each half minute, whether the database's clock was set back: then the job library waits until it has reached the
 * last times it kept, for hours where it was set back by hours, and no job runs. Returns what stops it.
 */
export function followSetBacks(pool: pg.Pool, onError: (error: unknown) => void): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = () => forgetTimesAhead(pool).catch(onError);
  const looking = (async () => {
    await look();
    for await (const _ of every(lookEachMs, undefined, { signal, ref: false })) await look();
  })().catch(() => undefined); // stopped
  return async () => {
    stopping.abort();
    await looking;
  };
}

/**
 * Forgets the times that lie ahead: the library's last rounds, jobs that wait for their time, minutes that had their run, signs of
 * life. A job that is begun is found dead by its silence from now on, as one is that was begun just now.
 */
async function forgetTimesAhead(pool: pg.Pool): Promise<void> {
  await pool.query(
    `with back as (
       update pgboss.version
       set cron_on = null, bam_on = null, flow_on = null, reindex_on = null, monitor_backoff_on = null
       where cron_on > now() + interval '1 minute'
       returning true),
     queues as (
       update pgboss.queue
       set maintain_on = null, monitor_claim_on = null, monitor_on = null
       where exists (select from back))
     update pgboss.job
     set start_after = least(start_after, now()),
       started_on = least(started_on, now()),
       heartbeat_on = least(heartbeat_on, now()),
       singleton_on = null
     where exists (select from back)
       and (start_after > now()
         or started_on > now()
         or heartbeat_on > now()
         or singleton_on > now() at time zone 'UTC')`,
  );
}
