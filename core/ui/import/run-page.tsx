// One import: how far it is, what it did, and the ways on from there.
import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import { formatDate, formatNumber } from '../format.ts';
import { Go, useGo, useParam } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { ask } from '../queries.ts';
import { useDefinition } from '../registry.ts';
import { Reasons, RefusedPlace, Waiting } from '../states.tsx';
import { ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import type { Run, RunReply } from './contract.ts';
import { Rejects } from './rejects.tsx';
import { isUnderWay, leftInWords, mayTakeBack, shareOf, stateOf } from './run-words.ts';
import { TakeBackDialog } from './take-back-dialog.tsx';
import styles from './import.module.css';

function UnderWay({ run }: { run: Run }) {
  return (
    <div className={styles.underWay}>
      <Progress value={shareOf(run) * 100} aria-label={`${run.fileName} being imported`} />
      <p className="quiet" role="status">
        {run.state === 'reading'
          ? `${formatNumber(run.rowsRead)} rows are read.`
          : `${formatNumber(run.rowsDone)} of ${formatNumber(run.rowsRead)} rows are brought in.`}{' '}
        {run.state === 'writing' && leftInWords(run.secondsLeft)}
      </p>
    </div>
  );
}

function Counts({ run }: { run: Run }) {
  const counts: readonly (readonly [string, number])[] = [
    ['Rows read', run.rowsRead],
    ['New records', run.made],
    ['Brought up to date', run.updated],
    ['Unchanged', run.unchanged],
    ['Rows not taken', run.rejected],
    ['People, teams and components made', run.parties],
    ...Object.entries(run.deviations).map(([name, number]) => [`Unusual steps: ${name}`, number] as const),
  ];
  return (
    <dl className={styles.facts}>
      {counts.map(([label, number]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formatNumber(number)}</dd>
        </div>
      ))}
      {run.firstAt && run.lastAt && (
        <div>
          <dt>From, to</dt>
          <dd>
            {formatDate(run.firstAt)}, {formatDate(run.lastAt)}
          </dd>
        </div>
      )}
    </dl>
  );
}

function useAct(id: string, act: 'cancel' | 'resume') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => write('POST', `/imports/${id}/${act}`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['import', id] }),
  });
}

function Actions({ run }: { run: Run }) {
  const go = useGo();
  const cancel = useAct(run.id, 'cancel');
  const resume = useAct(run.id, 'resume');
  const [isTakingBack, setTakingBack] = useState(false);
  const refused = cancel.error ?? resume.error;
  return (
    <>
      <div className={styles.actions}>
        {run.mayResume && (
          <Button loading={resume.isPending} onClick={() => resume.mutate()}>
            Go on
          </Button>
        )}
        {isUnderWay(run) && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        )}
        <Button variant="default" onClick={() => go(`/imports/new?like=${run.id}`)}>
          Use its mapping again
        </Button>
        {mayTakeBack(run) && (
          <Button variant="default" onClick={() => setTakingBack(true)}>
            Take back
          </Button>
        )}
      </div>
      {refused && <Reasons refusals={reasonsOf(refused)} title="Not done" />}
      {isTakingBack && <TakeBackDialog run={run} onClose={() => setTakingBack(false)} />}
    </>
  );
}

export function OneImport() {
  const id = useParam('id');
  const found = useQuery({
    queryKey: ['import', id],
    queryFn: (context) => ask<RunReply>(`/imports/${encodeURIComponent(id)}`, context),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.import) ? 1000 : false),
  });
  const run = found.data?.import;
  usePageTitle(run ? `Import of ${run.fileName}` : 'Import');
  const definition = useDefinition(run?.type);
  if (found.isError) return <RefusedPlace error={found.error} again={() => found.refetch()} />;
  if (!found.data || !run) return <Waiting what="Loading the import" />;
  const { word, tone } = stateOf(run);
  const { names } = found.data;
  return (
    <div className={styles.page}>
      <p className={styles.crumb}>
        <Go to="/imports">Imports</Go>
      </p>
      <div className={styles.head}>
        <h1>{run.fileName}</h1>
        <ToneWord tone={tone} word={word} boxed />
      </div>
      <p className="quiet">
        {definition ? <Go to={`/${definition.path}`}>{definition.plural}</Go> : run.type} from {run.source}, started{' '}
        <When at={run.startedAt} />
        {run.startedBy && ` by ${names[run.startedBy] ?? 'somebody'}`}
        {run.endedAt && (
          <>
            , ended <When at={run.endedAt} />
          </>
        )}
      </p>
      {isUnderWay(run) && <UnderWay run={run} />}
      {run.faults.length > 0 && <Reasons refusals={run.faults} title="Nothing was brought in" />}
      {run.takenBackAt && (
        <p>
          Taken back <When at={run.takenBackAt} />
          {run.takenBackBy && ` by ${names[run.takenBackBy] ?? 'somebody'}`}: {run.takenBackReason}
        </p>
      )}
      <Counts run={run} />
      <Actions run={run} />
      {run.rejected > 0 && !isUnderWay(run) && <Rejects run={run} />}
    </div>
  );
}
