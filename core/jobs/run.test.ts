// Jobs run by the clock of the database, once over all processes, whenever these start and stop. Its kind: whatever a process
// counts for itself (timers of hours and days) starts anew with it; what is left of those are rests of seconds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { connect } from '../database/connect.ts';
import { appGroup } from '../database/migrate.ts';
import type { JournalBell } from '../journal/bell.ts';
import type { ScheduledJob } from './job.ts';
import { prepareJobs, startWorker } from './run.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

const silent: JournalBell = { onRing: () => () => true, close: async () => undefined };
const poll = { timeout: 30_000, interval: 100 };

describe('a job', () => {
  it('whose time came while no process ran is made up for, once over all processes that start', async () => {
    const ran: string[] = [];
    const failures: string[] = [];
    const jobs: ScheduledJob[] = [
      { name: 'nightly', every: 'day', run: async () => void ran.push('nightly') },
      {
        name: 'failing',
        every: 'hour',
        run: async () => {
          throw new Error('no');
        },
      },
    ];
    const owner = connect(app.database.ownerConfig, { longStatements: true });
    // Two processes start at the same moment, on a database that neither has seen.
    await Promise.all([1, 2].map(() => prepareJobs(owner, app.database.ownerConfig, jobs, appGroup)));
    // Both were there three days ago, and no process since the day before yesterday.
    await owner.query(`update pgboss.schedule set created_on = now() - interval '3 days';
      update pgboss.version set cron_on = now() - interval '2 days'`);
    const process = () =>
      startWorker({
        application: app.application,
        database: app.database.appConfig,
        jobs,
        subscribers: [],
        bell: silent,
        onError: (_error, of) => failures.push(of),
      });
    const workers = await Promise.all([process(), process()]);
    await expect.poll(() => ran, poll).toEqual(['nightly']);
    await expect.poll(() => failures, poll).toEqual(['failing']);
    for (const each of workers) await each.close();
    const { rows } = await owner.query(
      `select j.name, j.state from pgboss.schedule s join pgboss.job j on j.name = s.name and j.id = s.last_job_id order by 1`,
    );
    expect(rows).toEqual([
      { name: 'failing', state: 'failed' },
      { name: 'nightly', state: 'completed' },
    ]);
    // A version that no longer has a job takes its times away.
    await prepareJobs(owner, app.database.ownerConfig, jobs.slice(0, 1), appGroup);
    expect((await owner.query('select name from pgboss.schedule')).rows).toEqual([{ name: 'nightly' }]);
    await owner.end();
  });

  it('runs on when the clock of the database was set back: nothing waits until it is as late again', async () => {
    const ran: string[] = [];
    const jobs: ScheduledJob[] = ['waiting', 'begun', 'done'].map((name) => ({
      name,
      every: 'minute',
      run: async () => void ran.push(name),
    }));
    const owner = connect(app.database.ownerConfig, { longStatements: true });
    await prepareJobs(owner, app.database.ownerConfig, jobs, appGroup);
    // As a process leaves it that ran with a clock five hours ahead, and was killed in the middle of a job. Of the last and the
    // next two minutes each job had its run, as far as the library remembers.
    await owner.query(`update pgboss.version set cron_on = now() + interval '5 hours';
      insert into pgboss.job (name, policy, start_after) values ('waiting', 'stately', now() + interval '5 hours');
      insert into pgboss.job (name, policy, state, started_on, heartbeat_on, heartbeat_seconds, expire_seconds, singleton_key)
      values ('begun', 'stately', 'active', now() + interval '5 hours', now() + interval '5 hours', 1, 600, '');
      insert into pgboss.job (name, state, completed_on, singleton_key, singleton_on)
      select '__pgboss__send-it', 'completed', now(), name || '__', date_trunc('minute', now() at time zone 'UTC') + minutes
      from pgboss.schedule, unnest(array[interval '1 minute', interval '2 minutes']) minutes`);
    const worker = await startWorker({
      application: app.application,
      database: app.database.appConfig,
      jobs,
      subscribers: [],
      bell: silent,
      onError: (error) => {
        throw error;
      },
    });
    await expect.poll(() => new Set(ran), poll).toEqual(new Set(['waiting', 'done']));
    // What was begun is found dead by its silence, which counts from now.
    const { rows } = await owner.query(
      `select name from pgboss.job where name = 'begun' and greatest(started_on, heartbeat_on) > now()`,
    );
    expect(rows).toEqual([]);
    await worker.close();
    await owner.end();
  });
});
