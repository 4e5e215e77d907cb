// How the parts stand, asked of the database.
import type { Queryable } from '../../../core/database/queryable.ts';

/** The transaction that has been open for longest, anywhere in the cluster. */
export interface OldestTransaction {
  process: number | null;
  database: string | null;
  login: string | null;
  program: string | null;
  /** Null where the database's owner may not look at other sessions either. */
  seconds: number | null;
}

export async function oldestTransaction(client: Queryable): Promise<OldestTransaction | null> {
  const { rows } = await client.query(
    'select process, database, login, program, seconds from core.oldest_transaction()',
  );
  return (rows[0] as OldestTransaction | undefined) ?? null;
}

/** Entries are counted up to so many: beyond that the number says no more. */
export const mostCounted = 1000;

export interface Checkpoints {
  /** When the newest was taken. */
  at: string | null;
  /** Entries that none covers yet, and since when: an example's entries bear the times of its own clock. */
  uncovered: number;
  uncoveredSince: string | null;
}

export async function checkpoints(client: Queryable): Promise<Checkpoints> {
  const { rows } = await client.query(
    `select c.at,
       count(j.seq)::int as uncovered,
       case when count(j.seq) > 0 then greatest(c.at, min(j.recorded_at)) end as "uncoveredSince"
     from (select null) one
     left join (select at, seq_to from core.checkpoint order by seq_to desc limit 1) c on true
     left join lateral (
       select seq, recorded_at
       from core.journal
       where seq > coalesce(c.seq_to, 0)
       order by seq
       limit ${mostCounted}) j on true
     group by c.at`,
  );
  return rows[0] as Checkpoints;
}

export interface ReaderLag {
  name: string;
  /** Entries that it has not taken yet. */
  behind: number;
}

/** How far each reader of the journal is behind. */
export async function readerLags(client: Queryable): Promise<ReaderLag[]> {
  const { rows } = await client.query(
    `select c.name, l.behind
     from core.cursor c,
       lateral (
         select count(*)::int as behind
         from (
           select
           from core.journal j
           where (j.transaction, j.seq) > (c.transaction, c.seq)
           limit ${mostCounted}) later) l
     order by c.name`,
  );
  return rows as ReaderLag[];
}

export interface LastRun {
  name: string;
  state: string | null;
  endedAt: string | null;
}

/** How each job ended the last time it was due. */
export async function lastRuns(client: Queryable): Promise<LastRun[]> {
  const { rows } = await client.query(
    `select s.name, j.state::text, coalesce(j.completed_on, j.started_on) as "endedAt"
     from pgboss.schedule s
     left join pgboss.job j on j.name = s.name and j.id = s.last_job_id`,
  );
  return rows as LastRun[];
}

/** Jobs that are due and that no process has begun, and since when the oldest waits, in seconds. */
export async function queue(
  client: Queryable,
  names: readonly string[],
): Promise<{ waiting: number; seconds: number }> {
  const { rows } = await client.query(
    `select count(*)::int as waiting, coalesce(max(extract(epoch from now() - start_after)), 0)::float8 as seconds
     from pgboss.job
     where name = any($1) and state = 'created' and start_after <= now()`,
    [names],
  );
  return rows[0] as { waiting: number; seconds: number };
}

export interface Warning {
  code: string;
  /** Which of several it is about. */
  of?: string;
  sentence: string;
  hint: string;
}

export interface StandingWarning extends Warning {
  of: string;
  place: string;
  seenAt: string;
}

/** What the last looks told, of any process. */
export async function standingWarnings(client: Queryable): Promise<StandingWarning[]> {
  const { rows } = await client.query(
    `select code, of, place, sentence, hint, seen_at as "seenAt"
     from core.health_warning
     order by place, code, of`,
  );
  return rows as StandingWarning[];
}

/** Of looks at once the second waits, and tells nothing twice. */
export async function lockWarnings(client: Queryable): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext('core.health_warning'))");
}

export async function keepWarning(
  client: Queryable,
  { code, of, place, sentence, hint, seenAt }: StandingWarning,
): Promise<void> {
  await client.query(
    `insert into core.health_warning (code, of, place, sentence, hint, seen_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (code, of, place) do update
     set sentence = excluded.sentence, hint = excluded.hint, seen_at = excluded.seen_at`,
    [code, of, place, sentence, hint, seenAt],
  );
}

export async function dropWarning(client: Queryable, { code, of, place }: StandingWarning): Promise<void> {
  await client.query('delete from core.health_warning where code = $1 and of = $2 and place = $3', [code, of, place]);
}

/** The providers whose installation it is: no example. */
export async function providersOf(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select id from core.provider where not example order by id');
  return rows.map(({ id }) => id);
}
