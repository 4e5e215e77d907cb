// How the installation stands, and what of it somebody must look after.
import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { minuteMs } from '../../../core/clock/units.ts';
import type { ScheduledJob } from '../../../core/jobs/job.ts';
import { nextRun } from '../../../core/jobs/schedule.ts';
import type { Application } from '../../../core/record/define/work.ts';
import { withRoleNames } from '../../../core/permission/role-names.ts';
import { waitingVacancies } from '../../../core/decision/vacancies.ts';
import type { WaitingVacancy } from '../../../core/decision/vacancies.ts';
import { checkpoints, lastRuns, mostCounted, oldestTransaction, queue, readerLags, standingWarnings } from './store.ts';
import type { Checkpoints, OldestTransaction, ReaderLag, StandingWarning, Warning } from './store.ts';

export interface JobHealth {
  name: string;
  every: ScheduledJob['every'];
  /** `completed`, `failed`, `active`, `created`; null before its first run. */
  state: string | null;
  lastAt: string | null;
  nextAt: string;
}

export interface Health {
  /** Room where the data lies, in bytes. */
  disk: { free: number; size: number };
  checkpoints: Checkpoints;
  /** What holds up whoever reads the journal in order; null when nothing is open. */
  oldestTransaction: OldestTransaction | null;
  readers: ReaderLag[];
  queue: { waiting: number; seconds: number };
  jobs: JobHealth[];
  /** Roles without which some gate can be decided by nobody; of one provider. */
  vacancies: WaitingVacancy[];
  warnings: Warning[];
}

export interface HealthGround {
  dataFolder: string;
  jobs: () => readonly ScheduledJob[];
}

/** Asks every part how it stands. */
export async function healthOf(
  application: Application,
  { dataFolder, jobs }: HealthGround,
  { elsewhere: withElsewhere = true, providers }: { elsewhere?: boolean; providers: readonly string[] },
): Promise<Health> {
  const { pool, clock } = application;
  const scheduled = jobs();
  const names = scheduled.map(({ name }) => name);
  const { bavail, bsize, blocks } = await statfs(dataFolder);
  const told = {
    disk: { free: bavail * bsize, size: blocks * bsize },
    checkpoints: await checkpoints(pool),
    oldestTransaction: await oldestTransaction(pool),
    readers: await readerLags(pool),
    queue: await queue(pool, names),
    jobs: jobsOf(scheduled, await lastRuns(pool), clock()),
    vacancies: await vacanciesOf(application, providers),
  };
  const here = placeOf(dataFolder);
  const standing = withElsewhere ? await standingWarnings(pool) : [];
  const elsewhere = standing.filter((each) => isElsewhere(each, here, clock()));
  const warnings = withRoleNames(application.registry.roles, warningsOf(told, clock()));
  return { ...told, warnings: [...warnings, ...elsewhere.map(ofElsewhere)] };
}

async function vacanciesOf(
  { pool, registry, clock }: Application,
  providers: readonly string[],
): Promise<WaitingVacancy[]> {
  const now = new Date(clock()).toISOString();
  const found: WaitingVacancy[] = [];
  for (const providerId of providers) found.push(...(await waitingVacancies(pool, registry, { providerId, now })));
  return found;
}

/** The disk that a process looks at. */
export const placeOf = (dataFolder: string): string => `${hostname()}:${resolve(dataFolder)}`;

/** Where a warning is true: at one disk, or wherever the database is asked. */
export const placeOfWarning = ({ code }: Warning, here: string): string => (code === 'health.disk' ? here : '');

/** What nobody saw for so long is about a machine that is no longer there. */
const forgottenMs = 60 * minuteMs;

const isElsewhere = ({ place, seenAt }: StandingWarning, here: string, now: number): boolean =>
  place !== '' && place !== here && now - Date.parse(seenAt) < forgottenMs;

const ofElsewhere = ({ code, place, sentence, hint }: StandingWarning): Warning => ({
  code,
  of: place,
  sentence: `At ${place}: ${sentence}`,
  hint,
});

function jobsOf(
  jobs: readonly ScheduledJob[],
  runs: readonly { name: string; state: string | null; endedAt: string | null }[],
  now: number,
): JobHealth[] {
  return jobs
    .map((job) => {
      const last = runs.find(({ name }) => name === job.name);
      return {
        name: job.name,
        every: job.every,
        state: last?.state ?? null,
        lastAt: last?.endedAt ?? null,
        nextAt: new Date(nextRun(job, now)).toISOString(),
      };
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

const gib = 1024 ** 3;
/** Who is behind for longer than this is held up by something. */
const patienceSeconds = 60;

/** What somebody must look after, each with what to do. */
export function warningsOf(told: Omit<Health, 'warnings'>, now: number): Health['warnings'] {
  return [...ofDisk(told), ...ofJournal(told), ...ofCheckpoints(told, now), ...ofJobs(told), ...ofVacancies(told)];
}

/** Only what waits has to be looked after: a gate that nothing has come to yet needs nobody. */
function ofVacancies({ vacancies }: Pick<Health, 'vacancies'>): Health['warnings'] {
  return vacancies
    .filter(({ waiting }) => waiting > 0)
    .map(({ side, customer, customerTitle, roles, needed, held, waiting, first }) => ({
      code: 'health.no-decider',
      of: [customer ?? 'provider', ...roles].join(' '),
      sentence: `${waiting === 1 ? 'A decision waits' : `${waiting} decisions wait`} for ${needed === 1 ? 'somebody' : `${needed} people`} of ${customerTitle ?? 'the provider'} as ${roles.join(' or ')}, and ${held === 0 ? 'nobody is that' : `only ${held} is that`}: ${first.map(({ gate, ref }) => `${gate} ${ref}`).join(', ')}${waiting > first.length ? ' and more' : ''}.`,
      hint: side === 'P' ? 'Give the role to somebody.' : 'Its own administrator gives the role to somebody.',
    }));
}

function ofDisk({ disk: { free, size } }: Pick<Health, 'disk'>): Health['warnings'] {
  if (free > gib && free > size / 20) return [];
  return [
    {
      code: 'health.disk',
      sentence: `${Math.floor(free / 1024 ** 2)} MiB are left on the disk of the data folder.`,
      hint: 'Make room: when it is full nothing can be saved.',
    },
  ];
}

function ofJournal({ oldestTransaction: oldest }: Pick<Health, 'oldestTransaction'>): Health['warnings'] {
  if (!oldest?.seconds || oldest.seconds < patienceSeconds) return [];
  const { process, database, program, login } = oldest;
  const who = [program && `program ${program}`, login && `login ${login}`, process && `process ${process}`].filter(
    Boolean,
  );
  return [
    {
      code: 'health.journal-held',
      sentence: `A transaction in the database ${database} (${who.join(', ')}) has been open for ${Math.floor(oldest.seconds / 60)} min: live screens, figures and checkpoints wait for it.`,
      hint: `End the program that holds it${process ? `, or its session: select pg_terminate_backend(${process})` : ''}.`,
    },
  ];
}

function ofCheckpoints(
  { checkpoints: { uncoveredSince, uncovered } }: Pick<Health, 'checkpoints'>,
  now: number,
): Health['warnings'] {
  if (!uncoveredSince || now - Date.parse(uncoveredSince) < 10 * minuteMs) return [];
  return [
    {
      code: 'health.checkpoint',
      sentence: `${uncovered >= mostCounted ? `More than ${mostCounted}` : uncovered} journal entries are signed by no checkpoint yet, some for more than ten minutes.`,
      hint: 'See below what holds up the journal, and how the job journal-checkpoint ended.',
    },
  ];
}

function ofJobs({ jobs, queue: { waiting, seconds } }: Pick<Health, 'jobs' | 'queue'>): Health['warnings'] {
  const failed = jobs.filter(({ state }) => state === 'failed');
  return [
    ...failed.map(({ name }) => ({
      code: 'health.job-failed',
      of: name,
      sentence: `The job ${name} failed the last time.`,
      hint: 'The log says why; it is tried again at its next time.',
    })),
    ...(seconds > 10 * 60
      ? [
          {
            code: 'health.queue',
            sentence: `${waiting} jobs wait, the oldest for ${Math.floor(seconds / 60)} min.`,
            hint: 'See whether a process of Servicewright with its worker runs.',
          },
        ]
      : []),
  ];
}
