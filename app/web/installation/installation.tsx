// How the installation stands, for its administrators: what must be looked after first, then each part.
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { healthSchema } from '../../server/health/views.ts';
import { formatBytes, formatNumber, formatWait, present } from '../../../core/ui/format.ts';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { ask } from '../../../core/ui/queries.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { ToneIcon, ToneWord } from '../../../core/ui/tone.tsx';
import { When } from '../../../core/ui/when.tsx';
import { lookup } from '../../../core/names/lookup.ts';
import styles from './installation.module.css';
import { Vacancies } from './vacancies.tsx';

type Health = z.infer<typeof healthSchema>;

const everyWords = lookup({ minute: 'each minute', hour: 'each hour', day: 'each night' });

const endings: Readonly<Record<string, { word: string; tone: 'good' | 'bad' | 'running' | 'unknown' }>> = lookup({
  completed: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
  active: { word: 'Runs', tone: 'running' },
  created: { word: 'Waits', tone: 'running' },
});
const notYet = { word: 'Not yet', tone: 'unknown' } as const;

const countOf = (count: number): string => (count >= 1000 ? 'more than 1,000' : formatNumber(count));

function Warnings({ warnings }: Pick<Health, 'warnings'>) {
  if (!warnings.length)
    return (
      <p>
        <ToneWord tone="good" word="All parts work." />
      </p>
    );
  return (
    <ul className={styles.warnings} aria-label="To be looked after">
      {warnings.map(({ sentence, hint }) => (
        <li key={sentence}>
          <ToneIcon tone="attention" />
          <p>
            <strong>{sentence}</strong>
          </p>
          <p className={`${styles.hint} quiet`}>{hint}</p>
        </li>
      ))}
    </ul>
  );
}

function Proof({ health }: { health: Health }) {
  const { at, uncovered } = health.checkpoints;
  const behind = health.readers.filter((reader) => reader.behind > 0);
  const oldest = health.oldestTransaction;
  return (
    <dl className={styles.facts}>
      <dt className="quiet">Newest checkpoint</dt>
      <dd>
        {at ? <When at={at} /> : 'none yet'}
        {uncovered > 0 && `, ${countOf(uncovered)} ${uncovered === 1 ? 'entry' : 'entries'} since`}
      </dd>
      <dt className="quiet">Readers of the journal</dt>
      <dd>
        {behind.length
          ? behind.map(({ name, behind: count }) => `${name}: ${countOf(count)} behind`).join(', ')
          : `all ${health.readers.length} up to date`}
      </dd>
      <dt className="quiet">Oldest open transaction</dt>
      <dd>
        {oldest
          ? `${oldest.program || 'a program'} in the database ${oldest.database}${oldest.seconds === null ? '' : `, ${formatWait(new Date(Date.parse(present()) - oldest.seconds * 1000).toISOString())}`}`
          : 'none'}
      </dd>
      <dt className="quiet">The database protects the journal</dt>
      <dd>{health.databaseProtectsJournal ? 'yes' : 'no: one role does everything'}</dd>
    </dl>
  );
}

function Machine({ health }: { health: Health }) {
  const { disk, queue } = health;
  return (
    <dl className={styles.facts}>
      <dt className="quiet">Room on the disk</dt>
      <dd>
        {formatBytes(disk.free)} of {formatBytes(disk.size)}
      </dd>
      <dt className="quiet">Jobs that wait</dt>
      <dd>{formatNumber(queue.waiting)}</dd>
      <dt className="quiet">Servicewright</dt>
      <dd>{health.version}</dd>
      <dt className="quiet">Database</dt>
      <dd>{health.database}</dd>
      <dt className="quiet">Node</dt>
      <dd>
        {health.node}, time zones of {health.timeZones}
      </dd>
    </dl>
  );
}

function Jobs({ jobs }: Pick<Health, 'jobs'>) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Jobs">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Runs</th>
            <th scope="col">Last</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => {
            const { word, tone } = endings[job.state ?? ''] ?? notYet;
            return (
              <tr key={job.name}>
                <td>{job.name}</td>
                <td className="quiet">{everyWords[job.every]}</td>
                <td>
                  <ToneWord tone={tone} word={word} /> {job.lastAt && <When at={job.lastAt} />}
                </td>
                <td className="quiet">
                  <When at={job.nextAt} as="instant" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function Installation() {
  usePageTitle('Installation');
  const health = useQuery({
    queryKey: ['health'],
    queryFn: (context) => ask<Health>('/health/details', context),
    refetchInterval: 15_000,
  });
  return (
    <div className={styles.page}>
      <h1>Installation</h1>
      {health.isPending && <Waiting what="Asking each part how it stands" />}
      {health.isError && <RefusedPlace error={health.error} again={() => health.refetch()} />}
      {health.data && (
        <>
          <Warnings warnings={health.data.warnings} />
          <h2>Roles that nobody holds</h2>
          <Vacancies vacancies={health.data.vacancies} />
          <h2>Proof</h2>
          <Proof health={health.data} />
          <h2>Machine</h2>
          <Machine health={health.data} />
          <h2>Jobs</h2>
          <Jobs jobs={health.data.jobs} />
        </>
      )}
    </div>
  );
}
