// The records that a figure counts: the same rows, with the values that went into it.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { queryOf } from '../../../core/ui/api.ts';
import { formatDate, formatNumber, inWords } from '../../../core/ui/format.ts';
import { Go, useParam, useSearch } from '../../../core/ui/go.tsx';
import list from '../../../core/ui/list/list.module.css';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { ask, pageSize, useAnswer } from '../../../core/ui/queries.ts';
import { usePathOf, useRegistry } from '../../../core/ui/registry.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { StateWord } from '../../../core/ui/tone.tsx';
import type { metricsView, recordsView } from '../../measurement/views.ts';
import styles from './records.module.css';
import { shownValues } from './records-layout.ts';

type Reply = z.infer<typeof recordsView>;

function useRecordsBehind(metric: string, query: Readonly<Record<string, string | null>>) {
  const path = `/measurement/metrics/${encodeURIComponent(metric)}/records`;
  return useInfiniteQuery({
    queryKey: ['series', 'records', metric, query],
    meta: { live: true },
    queryFn: ({ pageParam, ...context }) =>
      ask<Reply>(`${path}${queryOf({ ...query, limit: pageSize, cursor: pageParam })}`, context),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
}

function Value({ value }: { value: unknown }) {
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'string' && value ? value : <span className="quiet">–</span>;
}

function Rows({ rows, label }: { rows: Reply['items']; label: string }) {
  const pathOf = usePathOf();
  const { definitions } = useRegistry();
  const columns = shownValues(rows);
  return (
    <table className={list.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col" className={list.ref}>
            Number
          </th>
          <th scope="col" className={list.title}>
            Title
          </th>
          <th scope="col" className={list.state}>
            State
          </th>
          {columns.map(({ name, isFigure }) => (
            <th
              key={name}
              scope="col"
              title={inWords(name)}
              className={`${list.extra} ${styles.value}`}
              data-figure={isFigure}
            >
              {inWords(name)}
            </th>
          ))}
          <th scope="col" className={list.updated}>
            Counts on
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ header, day, values }, index) => (
          <tr key={`${header.id} ${day} ${index}`} data-row={index}>
            <td className={list.ref}>{header.ref}</td>
            <td className={list.title}>
              <Go to={pathOf(header)}>{header.title}</Go>
            </td>
            <td className={list.state}>
              <StateWord
                lifecycle={definitions.find(({ type }) => type === header.type)?.lifecycle}
                state={header.state}
              />
            </td>
            {columns.map(({ name, isFigure }) => (
              <td key={name} className={`${list.extra} ${styles.value}`} data-figure={isFigure}>
                <Value value={values[name]} />
              </td>
            ))}
            <td className={list.updated}>
              <time dateTime={day}>{formatDate(day)}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Screen() {
  const metric = useParam('metric');
  const [search] = useSearch();
  const [service, customer, from, to] = ['service', 'customer', 'from', 'to'].map((name) => search.get(name));
  const metrics = useAnswer<z.infer<typeof metricsView>>(['metrics'], '/measurement/metrics');
  const told = metrics.data?.items.find(({ id }) => id === metric);
  const label = told?.label ?? 'Metric';
  const answer = useRecordsBehind(metric, {
    service: service ?? null,
    customer: customer ?? null,
    from: from ?? null,
    to: to ?? null,
  });
  usePageTitle(`${label}: records`);
  const rows = answer.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <article>
      <p className={list.crumb}>
        <Go to={`/measurement/${metric}${queryOf({ service, customer })}`}>{label}</Go>
      </p>
      <div className={list.head}>
        <div>
          <h1>
            The records behind it
            {answer.isSuccess && (
              <span className={list.total}>
                {rows.length}
                {answer.hasNextPage ? '+' : ''}
              </span>
            )}
          </h1>
          {from && to && (
            <p className="quiet">
              {formatDate(from)} to {formatDate(to)}
              {told && `: ${told.formula}`}
            </p>
          )}
        </div>
      </div>
      {answer.isPending && <Waiting what="Loading the records" />}
      {answer.isError && <RefusedPlace error={answer.error} again={() => answer.refetch()} />}
      {answer.isSuccess && rows.length === 0 && (
        <EmptyPlace sentence="No records that you may see count in this time." />
      )}
      {rows.length > 0 && <Rows rows={rows} label={`${label}: records`} />}
      {answer.hasNextPage && (
        <Button variant="default" mt="md" loading={answer.isFetchingNextPage} onClick={() => answer.fetchNextPage()}>
          Show more
        </Button>
      )}
    </article>
  );
}
