import type pg from 'pg';
import type { Calendar } from '../../clock/calendar.ts';
import { oneByOne } from '../../record/edit/one-by-one.ts';
import type { ScheduledJob } from '../../jobs/job.ts';
import { systemPrincipal } from '../../permission/principal.ts';
import { nilUuid } from '../../record/define/id.ts';
import { lockUnscoped } from '../../record/read/load.ts';
import { act } from '../../record/act/act.ts';
import { serverRecord } from '../../record/define/work.ts';
import type { Application } from '../../record/define/work.ts';
import { withLateExceptions } from './clock.ts';
import type { RecordClock } from './clock.ts';
import { recountClocks } from './commands.ts';
import { measuredBy, overdue } from './store.ts';
import type { Waiting } from './store.ts';

const batch = 200;

async function recount(
  application: Application,
  { providerId, id, type, scenarioNow }: Waiting,
  name: string,
  taking?: (clock: RecordClock) => RecordClock,
): Promise<void> {
  const principal = systemPrincipal(providerId, name, scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `${name} ${id}` };
  const record = serverRecord(application.registry, type);
  await act(application, caller, { command: name, type, id }, async (work) => ({
    id,
    data: await recountClocks(work, record, await lockUnscoped(work, record, id), taking),
  }));
}

/** Records the breaches whose instant has passed, each as of that instant (model E.4.10). */
async function recordBreaches(application: Application): Promise<void> {
  const now = new Date(application.clock()).toISOString();
  await oneByOne(await overdue(application.pool, now, batch), (each) => recount(application, each, 'clocks'));
}

export const clockJobs: readonly ScheduledJob[] = [{ name: 'clocks', every: 'minute', run: recordBreaches }];

/** Exceptions of a calendar that became known while clocks run: they hold for those, too (model E.4.8). */
export async function takeInExceptions(
  application: Application,
  { providerId, terms, newest }: { providerId: string; terms: string; newest: Calendar },
): Promise<void> {
  const taking = (clock: RecordClock) => (clock.termsId === terms ? withLateExceptions(clock, newest) : clock);
  await oneByOne(await allMeasuredBy(application.pool, { providerId, terms }), (each) =>
    recount(application, each, 'late-exceptions', taking),
  );
}

/** Read page by page. */
async function allMeasuredBy(pool: pg.Pool, of: { providerId: string; terms: string }): Promise<Waiting[]> {
  const all: Waiting[] = [];
  let some: Waiting[];
  do {
    const after = all.at(-1)?.id ?? nilUuid;
    some = await measuredBy(pool, { ...of, after, limit: batch });
    all.push(...some);
  } while (some.length === batch);
  return all;
}
