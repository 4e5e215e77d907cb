// Where the thread of what is in use is broken: what stands without an agreed requirement, an outcome, or a value.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { queryOf } from '../../../core/ui/api.ts';
import { Go } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { ask, pageSize } from '../../../core/ui/queries.ts';
import { usePathOf } from '../../../core/ui/registry.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { ToneIcon } from '../../../core/ui/tone.tsx';
import type { Header } from '../../../core/ui/contract.ts';
import styles from './orphans.module.css';

interface Break {
  at: Header;
  of: Header;
  code: string;
  sentence: string;
  hint: string;
}

function Row({ broken: { at, of, sentence, hint } }: { broken: Break }) {
  const pathOf = usePathOf();
  return (
    <li className={styles.row}>
      <ToneIcon tone="bad" />
      <div className={styles.what}>
        <p>{sentence}</p>
        <p className="quiet small">{hint}</p>
      </div>
      <span className={styles.where}>
        <Go to={pathOf(at)}>
          {at.ref} {at.title}
        </Go>
        {at.id !== of.id && (
          <Go to={pathOf(of)} className="small">
            {of.ref} {of.title}
          </Go>
        )}
      </span>
    </li>
  );
}

function Rows({ items }: { items: readonly Break[] }) {
  return (
    <ul className={styles.rows}>
      {items.map((each) => (
        <Row key={`${each.code}${each.at.id}${each.of.id}`} broken={each} />
      ))}
    </ul>
  );
}

/** The report page by page; any entry of the journal may alter it. */
const useReport = () =>
  useInfiniteQuery({
    queryKey: ['orphans'],
    meta: { live: true },
    queryFn: ({ pageParam, ...context }) =>
      ask<{ items: Break[]; nextCursor: string | null }>(
        `/orphans${queryOf({ limit: pageSize, cursor: pageParam })}`,
        context,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

const none = 'Nothing that you may see and that is in use is cut off from what the business agreed.';

/** The orphan report. */
export function Screen() {
  const report = useReport();
  const { hasNextPage } = report;
  const items = report.data?.pages.flatMap((page) => page.items) ?? [];
  usePageTitle('Breaks in the thread');
  return (
    <>
      <h1>
        Breaks in the thread
        {report.isSuccess && (
          <span className={styles.total}>
            {items.length}
            {hasNextPage ? '+' : ''}
          </span>
        )}
      </h1>
      <p className="quiet">
        Everything in use leads up to a requirement that the business agreed, and down to an outcome with a source and a
        baseline, which is measured once its first period is over. Here stands what does not.
      </p>
      {report.isPending && <Waiting />}
      {report.isError && <RefusedPlace error={report.error} again={() => report.refetch()} />}
      {report.isSuccess && items.length === 0 && !hasNextPage && <EmptyPlace sentence={none} />}
      <Rows items={items} />
      {hasNextPage && (
        <p className={styles.more}>
          <Button variant="default" loading={report.isFetchingNextPage} onClick={() => report.fetchNextPage()}>
            Show more
          </Button>
          <span className="quiet small">Not every service has been looked at yet.</span>
        </p>
      )}
    </>
  );
}
