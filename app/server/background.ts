import { lookWhereRunOut } from '../../core/decision/basis-again.ts';
import { takeLooks } from '../../core/decision/basis-look.ts';
import { takeDueConditions } from '../../core/decision/conditions/due.ts';
import { basisRecount } from '../../core/journal/basis-recount.ts';
import { forgetUploads } from '../../core/import/uploads.ts';
import type { ScheduledJob } from '../../core/jobs/job.ts';
import type { Recount } from '../../core/journal/recount.ts';
import { keepIn } from '../../core/journal/kept.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { moveByThemselves } from '../../core/record/edit/by-itself.ts';
import { forgetOldKeys } from '../../core/record/act/idempotency.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { traitJobs, traitRecounts, traitSubscribers } from '../../core/trait/switched-on.ts';
import { healthWatch } from './health/watch.ts';
import { modules } from './modules.ts';
import { forgetTries } from './store/sign-in.ts';

/** What the jobs need besides the database. */
export interface JobGround {
  /** Where the checkpoint's key lies. */
  keys: string;
  /** A folder that gets each checkpoint as well, where one is named. */
  keptElsewhere?: string | undefined;
  dataFolder: string;
  /** Hears, in a line for the operator, what must be looked after. */
  told: (line: string) => void;
}

/** What runs by the clock. The checkpoint's key lies outside the database. */
export function allJobs({ keys, keptElsewhere, dataFolder, told }: JobGround): readonly ScheduledJob[] {
  const jobs: ScheduledJob[] = [
    {
      name: 'journal-checkpoint',
      every: 'minute',
      run: async (application) => {
        await takeCheckpoint(application.pool, keys, new Date(application.clock()).toISOString());
        if (keptElsewhere) await keepIn(application.pool, keptElsewhere);
      },
    },
    {
      name: 'idempotency-forget',
      every: 'hour',
      run: (application) =>
        forgetOldKeys(application.pool, new Date(application.clock() - 48 * 3_600_000).toISOString()),
    },
    { name: 'sign-in-forget', every: 'hour', run: ({ pool }) => forgetTries(pool) },
    { name: 'import-uploads-forget', every: 'hour', run: forgetUploads },
    { name: 'moves-by-themselves', every: 'minute', run: moveByThemselves },
    { name: 'conditions', every: 'minute', run: takeDueConditions },
    { name: 'decisions-looked-at-again', every: 'minute', run: (application) => takeLooks(application) },
    { name: 'evidence-run-out', every: 'hour', run: lookWhereRunOut },
    ...modules.flatMap((module) => module.jobs ?? []),
    ...traitJobs,
  ];
  jobs.push(healthWatch({ dataFolder, jobs: () => jobs }, told));
  return jobs;
}

/** What `verify` computes anew beside the records. */
export const allRecounts = (): readonly Recount[] => [
  ...modules.flatMap((module) => module.recounts ?? []),
  ...traitRecounts,
  basisRecount,
];

export function allSubscribers(): readonly JournalSubscriber[] {
  return [...modules.flatMap((module) => module.subscribers ?? []), ...traitSubscribers];
}
