import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { queryOf } from '../api.ts';
import { formatNumber } from '../format.ts';
import { ask } from '../queries.ts';
import { RefusedPlace, Waiting } from '../states.tsx';
import type { Preview, RejectsReply, Run } from './contract.ts';
import styles from './import.module.css';

/** Rows that were not taken, by line and reason. */
export function RejectsTable({ rejects }: { rejects: Preview['rejects'] }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Rows that were not taken">
      <table className={`${styles.table} ${styles.wideTable}`}>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>
              Line
            </th>
            <th scope="col">Key</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {rejects.map(({ line, key, reason }, index) => (
            <tr key={`${line}.${index}`}>
              <td className={styles.number}>{formatNumber(line)}</td>
              <td>{key}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Rejects({ run }: { run: Run }) {
  const rejects = useInfiniteQuery({
    queryKey: ['rejects', run.id, run.rejected],
    queryFn: ({ pageParam, ...context }) =>
      ask<RejectsReply>(`/imports/${run.id}/rejects${queryOf({ cursor: pageParam })}`, context),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
  if (rejects.isPending) return <Waiting what="Loading the rejected rows" lines={3} />;
  if (rejects.isError) return <RefusedPlace error={rejects.error} again={() => rejects.refetch()} />;
  return (
    <section aria-labelledby="rejects" className={styles.section}>
      <div className={styles.head}>
        <h2 id="rejects">
          {formatNumber(run.rejected)} {run.rejected === 1 ? 'row was' : 'rows were'} not taken
        </h2>
        <Button
          component="a"
          href={`/api/v1/imports/${run.id}/rejects.csv`}
          download={`rejects of ${run.fileName}.csv`}
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          Save as CSV
        </Button>
      </div>
      <RejectsTable rejects={rejects.data.pages.flatMap(({ items }) => items)} />
      {rejects.hasNextPage && (
        <Button variant="default" loading={rejects.isFetchingNextPage} onClick={() => rejects.fetchNextPage()}>
          More of them
        </Button>
      )}
    </section>
  );
}
