// The imports of an installation, the latest first.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { queryOf } from '../api.ts';
import type { Names } from '../contract.ts';
import { formatNumber } from '../format.ts';
import { Go, useGo } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { ask } from '../queries.ts';
import { useRegistry } from '../registry.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../states.tsx';
import { ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import type { Run, RunsReply } from './contract.ts';
import { isUnderWay, stateOf } from './run-words.ts';
import styles from './import.module.css';

function useRuns() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam, ...context }) => ask<RunsReply>(`/imports${queryOf({ cursor: pageParam })}`, context),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? 2000 : false),
  });
}

function RunRow({ run, names }: { run: Run; names: Names }) {
  const { definitions } = useRegistry();
  const { word, tone } = stateOf(run);
  return (
    <tr>
      <td>
        <Go to={`/imports/${run.id}`}>{run.fileName}</Go>
        <div className="quiet small">
          {definitions.find(({ type }) => type === run.type)?.plural ?? run.type} from {run.source}
        </div>
      </td>
      <td>
        <ToneWord tone={tone} word={word} />
      </td>
      <td className={styles.number}>{formatNumber(run.made)}</td>
      <td className={styles.number}>{formatNumber(run.updated)}</td>
      <td className={styles.number}>{formatNumber(run.rejected)}</td>
      <td>
        <When at={run.startedAt} />
        <div className="quiet small">{run.startedBy ? (names[run.startedBy] ?? '') : 'by command'}</div>
      </td>
    </tr>
  );
}

export function Imports() {
  usePageTitle('Imports');
  const go = useGo();
  const runs = useRuns();
  const begin = <Button onClick={() => go('/imports/new')}>New import</Button>;
  return (
    <>
      <div className={styles.head}>
        <h1>Imports</h1>
        {begin}
      </div>
      {runs.isPending && <Waiting what="Loading the imports" />}
      {runs.isError && <RefusedPlace error={runs.error} again={() => runs.refetch()} />}
      {runs.data?.pages[0]?.items.length === 0 && (
        <EmptyPlace sentence="Nothing was imported yet. A table that another system exports as CSV can be brought in, looked at before anything is written, and taken back." />
      )}
      {(runs.data?.pages[0]?.items.length ?? 0) > 0 && (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="Imports">
          <table className={`${styles.table} ${styles.wideTable}`}>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">State</th>
                <th scope="col" className={styles.number}>
                  New
                </th>
                <th scope="col" className={styles.number}>
                  Brought up to date
                </th>
                <th scope="col" className={styles.number}>
                  Rows rejected
                </th>
                <th scope="col">Started</th>
              </tr>
            </thead>
            <tbody>
              {runs.data?.pages.flatMap(({ items, names }) =>
                items.map((run) => <RunRow key={run.id} run={run} names={names} />),
              )}
            </tbody>
          </table>
        </div>
      )}
      {runs.hasNextPage && (
        <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => runs.fetchNextPage()}>
          Earlier imports
        </Button>
      )}
    </>
  );
}
