import { nilUuid } from '../../core/record/id.ts';
import type pg from 'pg';
import { oneByOne } from '../../core/jobs/one-by-one.ts';
import type { ScheduledJob } from '../../core/http/module.ts';
import { movesTold } from '../../core/journal/made.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { lockUnscoped } from '../../core/record/load.ts';
import type { RecordData } from '../../core/record/data.ts';
import { act, serverRecord } from '../../core/record/work.ts';
import type { Application, Work } from '../../core/record/work.ts';
import { recountClocks } from './commands.ts';
import { withLateExceptions } from './clock.ts';
import type { IncidentClock } from './clock.ts';
import { measuredBy, newestCalendar, overdueIncidents } from './store/clocks.ts';
import type { Waiting } from './store/clocks.ts';
import { ageSummaries, summarise } from './store/summary.ts';

const batch = 200;
const nowOf = (application: Application) => new Date(application.clock()).toISOString();

const asSystem = (
  application: Application,
  { providerId, id, scenarioNow }: Waiting,
  { name, run }: { name: string; run: (work: Work) => Promise<RecordData> },
) => {
  const caller = {
    principal: systemPrincipal(providerId, name, scenarioNow),
    channel: 'job' as const,
    requestId: `${name} ${id}`,
  };
  return act(application, caller, { command: name, type: 'incident', id }, async (work) => ({
    id,
    data: await run(work),
  }));
};

/** Records the breaches whose instant has passed, each as of that instant (domain E.4.10). */
async function recordBreaches(application: Application): Promise<void> {
  const record = serverRecord(application.registry, 'incident');
  await oneByOne(await overdueIncidents(application.pool, nowOf(application), batch), (each) => {
    const run = async (work: Work) => recountClocks(work, await lockUnscoped(work, record, each.id));
    return asSystem(application, each, { name: 'incident-clocks', run });
  });
}

export const incidentJobs: readonly ScheduledJob[] = [
  { name: 'incident-clocks', everySeconds: 60, run: recordBreaches },
  {
    name: 'incident-summaries',
    everySeconds: 3600,
    run: (application) => ageSummaries(application.pool, nowOf(application)),
  },
];

/** A holiday recorded in an amendment holds for clocks that run already, too. */
export const lateExceptionSubscriber: JournalSubscriber = {
  name: 'operation.late-exceptions',
  types: ['agreement'],
  take: async (application, entries) => {
    for (const entry of entries)
      if (movesTold(entry).includes('put-in-force'))
        await takeInExceptions(application, entry.providerId, entry.recordId);
  },
};

async function takeInExceptions(application: Application, providerId: string, agreement: string): Promise<void> {
  const { pool, registry } = application;
  const newest = await newestCalendar(pool, providerId, agreement);
  if (!newest?.exceptions.some(({ recordedAt }) => recordedAt !== undefined)) return;
  const record = serverRecord(registry, 'incident');
  const taking = (clock: IncidentClock) =>
    clock.agreementId === agreement ? withLateExceptions(clock, newest) : clock;
  await oneByOne(await allMeasuredBy(pool, { providerId, agreement }), (each) => {
    const run = async (work: Work) => recountClocks(work, await lockUnscoped(work, record, each.id), taking);
    return asSystem(application, each, { name: 'late-exceptions', run });
  });
}

/** Read page by page. */
async function allMeasuredBy(pool: pg.Pool, of: { providerId: string; agreement: string }): Promise<Waiting[]> {
  const all: Waiting[] = [];
  let some: Waiting[];
  do {
    const after = all.at(-1)?.id ?? nilUuid;
    some = await measuredBy(pool, { ...of, after, limit: batch });
    all.push(...some);
  } while (some.length === batch);
  return all;
}

/** Keeps the count of incidents by service current. */
export const incidentSubscriber: JournalSubscriber = {
  name: 'operation.service-summary',
  types: ['incident'],
  take: (application, entries) => {
    const touched = new Map(
      entries.map(({ providerId, recordId }) => [recordId, { providerId, incidentId: recordId }]),
    );
    return summarise(application.pool, [...touched.values()], nowOf(application));
  },
};
