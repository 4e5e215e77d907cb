// Jobs and journal subscribers. A job only wakes a sweep over rows, so a lost job loses no deadline.
import { PgBoss } from 'pg-boss';
import type { JournalBell } from '../journal/bell.ts';
import type { ScheduledJob } from './job.ts';
import type { JournalSubscriber } from '../journal/subscriber.ts';
import { followJournal } from '../journal/follow.ts';
import { oneByOne } from '../database/migrate.ts';
import { cronOf } from './schedule.ts';
import { followSetBacks } from './set-back.ts';
import type { Application } from '../record/define/work.ts';
import type pg from 'pg';

export interface Worker {
  close: () => Promise<void>;
}

export interface WorkerOptions {
  application: Application;
  /** The job library keeps two connections of its own. */
  database: pg.ClientConfig;
  jobs: readonly ScheduledJob[];
  subscribers: readonly JournalSubscriber[];
  bell: JournalBell;
  onError: (error: unknown, of: string) => void;
}

/**
 * Starts the scheduled jobs of this process. Several processes share them through pg-boss: each run goes to one, its times are
 * kept in the database, and of those that were missed while no process ran the newest is made up for.
 */
export async function startWorker({
  application,
  database,
  jobs,
  subscribers,
  bell,
  onError,
}: WorkerOptions): Promise<Worker> {
  const boss = new PgBoss({ ...connection(database), schema: 'pgboss', migrate: false, createSchema: false, max: 2 });
  boss.on('error', (error: unknown) => onError(error, 'jobs'));
  const stopLooking = followSetBacks(application.pool, (error) => onError(error, 'jobs'));
  await boss.start();
  for (const job of jobs)
    await boss.work(job.name, { pollingIntervalSeconds: 2 }, async () => {
      try {
        await job.run(application);
      } catch (error) {
        onError(error, job.name);
        throw error; // the run is kept as one that failed
      }
    });
  const stopFollowing = followJournal(application, subscribers, { bell, onError });
  return {
    close: async () => {
      await stopFollowing();
      await stopLooking();
      await boss.stop({ graceful: true, timeout: 5000 });
    },
  };
}

/**
 * Makes the job library's schema as the owner, with a queue and the times of each job, and lets the application use it. Safe to
 * repeat; of several processes at once one does it after the other.
 */
export async function prepareJobs(
  owner: pg.Pool,
  ownerConfig: pg.ClientConfig,
  jobs: readonly ScheduledJob[],
  appGroup: string,
): Promise<void> {
  await oneByOne(owner, async () => {
    const boss = new PgBoss({
      ...connection(ownerConfig),
      schema: 'pgboss',
      supervise: false,
      schedule: false,
      max: 1,
    });
    boss.on('error', () => undefined); // start() throws what matters
    await boss.start();
    for (const job of jobs) {
      // One runs and one waits at most; one whose process was killed is noticed by its silence.
      await boss.createQueue(job.name, {
        policy: 'stately',
        retryLimit: 0,
        expireInSeconds: 600,
        heartbeatSeconds: 30,
      });
      await boss.schedule(job.name, cronOf(job), null, { tz: 'UTC', missed: 'once' });
    }
    const names = new Set(jobs.map(({ name }) => name));
    // A version of before may have known others.
    for (const { name } of await boss.getSchedules()) if (!names.has(name)) await boss.unschedule(name);
    await boss.stop({ graceful: false });
    await owner.query(`grant usage on schema pgboss to ${appGroup};
      grant select, insert, update, delete on all tables in schema pgboss to ${appGroup};
      grant usage on all sequences in schema pgboss to ${appGroup};
      grant execute on all functions in schema pgboss to ${appGroup}`);
  });
}

/** The part of a client's settings that the job library knows. */
function connection({ connectionString, host, port, user, password, database }: pg.ClientConfig) {
  return connectionString
    ? { connectionString }
    : {
        ...(host ? { host } : {}),
        ...(port ? { port } : {}),
        ...(user ? { user } : {}),
        ...(typeof password === 'string' ? { password } : {}),
        ...(database ? { database } : {}),
      };
}
