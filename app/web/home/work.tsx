// What waits for me: decisions first, then what is assigned to me, then what I own and is not finished.
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { queryOf } from '../../../core/ui/api.ts';
import type { Header } from '../../../core/ui/contract.ts';
import { Go, useGo } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { ask, pageSize, type Asked, useMe, useWaitingDecisions, useWaitingShares } from '../../../core/ui/queries.ts';
import { usePathOf, useRegistry } from '../../../core/ui/registry.ts';
import { type RowsState, useRowsKeys } from '../../../core/ui/list/use-rows-keys.ts';
import { StageMark } from '../../../core/ui/stage.tsx';
import { EmptyPlace, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { StateWord, ToneWord } from '../../../core/ui/tone.tsx';
import { When } from '../../../core/ui/when.tsx';
import { formatWait, useClock } from '../../../core/ui/format.ts';
import styles from './home.module.css';

/** What a person owns and has not finished. */
export function useOwned(person: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['work', person],
    meta: { live: true },
    queryFn: ({ pageParam, ...context }) =>
      ask<{ items: Header[]; nextCursor: string | null }>(
        `/records${queryOf({ owner: person, open: 'true', limit: pageSize, cursor: pageParam })}`,
        context,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    enabled: person !== undefined,
  });
}

interface WaitingRow {
  key: string;
  /** What it is found by: a gate's or a record's number. */
  mark: ReactNode;
  to: string;
  title: string;
  since: string;
}

/** The first of what waits for the reader, and the way to the rest; nothing where nothing waits. */
function WaitingForMe({ id, heading, rows }: { id: string; heading: string; rows: readonly WaitingRow[] }) {
  useClock();
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>
        {heading} <span className="quiet small">{rows.length}</span>
      </h2>
      <ul className={styles.rows}>
        {rows.slice(0, 5).map(({ key, mark, to, title, since }) => (
          <li key={key}>
            {mark}
            <Go to={to} className={styles.rowTitle}>
              {title}
            </Go>
            <ToneWord tone="attention" word={`Waiting ${formatWait(since)}`} />
          </li>
        ))}
      </ul>
      {rows.length > 5 && <Go to="/decisions">All {rows.length}</Go>}
    </section>
  );
}

function MyDecisions() {
  const waiting = useWaitingDecisions();
  const rows = (waiting.data?.items ?? [])
    .filter(({ mine }) => mine)
    .map(({ gate, subject, since }) => ({
      key: `${gate}${subject.id}`,
      mark: <span className={styles.gate}>{gate}</span>,
      to: `/gates/${gate}/${subject.id}`,
      title: subject.title,
      since,
    }));
  return <WaitingForMe id="my-decisions" heading="Decisions that wait for me" rows={rows} />;
}

/** What is asked about who shares in records, and waits for the reader's consent. */
function MyConsents() {
  const rows = (useWaitingShares().data?.items ?? []).map(({ id, record, askedAt }) => ({
    key: id,
    mark: <span className={styles.rowRef}>{record.ref}</span>,
    to: `/r/${record.ref}`,
    title: record.title,
    since: askedAt,
  }));
  return <WaitingForMe id="my-consents" heading="Consents that wait for me" rows={rows} />;
}

/** Open records that name the person as assignee, by due date where they have one: a question for each type that is assigned. */
function useAssigned(person: string | undefined): Header[] {
  const { definitions } = useRegistry();
  const assigned = definitions.filter((each) => each.filters?.includes('assignee'));
  const answers = useQueries({
    queries: assigned.map((each) => {
      const open = Object.entries(each.lifecycle.states).flatMap(([name, state]) => (state.final ? [] : [name]));
      const sort = each.sorts?.includes('nextDueAt') ? 'nextDueAt' : '-updatedAt';
      const query = queryOf({ assignee: person, state: open.join(','), sort, limit: pageSize });
      return {
        queryKey: ['list', each.type, query],
        queryFn: (context: Asked) => ask<{ items: Header[] }>(`/${each.path}${query}`, context),
        enabled: person !== undefined,
      };
    }),
  });
  return answers.flatMap((answer) => answer.data?.items ?? []);
}

function WorkRow({ record, index, rows }: { record: Header; index: number; rows: RowsState }) {
  const { definitions } = useRegistry();
  const pathOf = usePathOf();
  return (
    <li data-row={index} data-at={rows.at === index} data-chosen={rows.chosen.has(record.id)}>
      <StageMark stage={record.stage} size={13} />
      <span className={styles.rowRef}>{record.ref}</span>
      <Go to={pathOf(record)} className={styles.rowTitle} onFocus={() => rows.place(index)}>
        {record.title}
      </Go>
      <StateWord
        lifecycle={definitions.find((definition) => definition.type === record.type)?.lifecycle}
        state={record.state}
      />
      <span className={styles.rowAt}>
        <When at={record.updatedAt} />
      </span>
    </li>
  );
}

function Nothing() {
  const go = useGo();
  return (
    <EmptyPlace sentence="Here stands what is assigned to you and what you own and have not finished. Nothing is at the moment.">
      <Button variant="default" onClick={() => go('/loop')}>
        See the loop
      </Button>
    </EmptyPlace>
  );
}

export function Work() {
  const me = useMe();
  const owned = useOwned(me.data?.person.id);
  const assigned = useAssigned(me.data?.person.id);
  const pathOf = usePathOf();
  const go = useGo();
  const ownItems = (owned.data?.pages.flatMap((page) => page.items) ?? []).filter(
    ({ id }) => !assigned.some((each) => each.id === id),
  );
  const items = [...assigned, ...ownItems];
  const rows = useRowsKeys({
    ids: items.map((each) => each.id),
    scrollTo: (index) => document.querySelector(`[data-row="${index}"]`)?.scrollIntoView({ block: 'nearest' }),
    onOpen: (index) => items[index] && go(pathOf(items[index])),
  });
  usePageTitle('My work');
  return (
    <>
      <h1>My work</h1>
      <MyDecisions />
      <MyConsents />
      {assigned.length > 0 && (
        <section className={styles.section} aria-labelledby="assigned">
          <h2 id="assigned">
            Assigned to me <span className="quiet small">{assigned.length}</span>
          </h2>
          <ul className={styles.rows} aria-label="Assigned to me">
            {assigned.map((each, index) => (
              <WorkRow key={each.id} record={each} index={index} rows={rows} />
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section} aria-labelledby="owned">
        <h2 id="owned">
          Owned by me and not finished <span className="quiet small">{owned.isSuccess ? ownItems.length : ''}</span>
        </h2>
        {owned.isPending && <Waiting />}
        {owned.isError && <RefusedPlace error={owned.error} again={() => owned.refetch()} />}
        {owned.isSuccess && items.length === 0 && <Nothing />}
        <ul className={styles.rows} aria-label="Owned by me">
          {ownItems.map((each, index) => (
            <WorkRow key={each.id} record={each} index={assigned.length + index} rows={rows} />
          ))}
        </ul>
        {owned.hasNextPage && (
          <Button variant="default" mt="sm" loading={owned.isFetchingNextPage} onClick={() => owned.fetchNextPage()}>
            Show more
          </Button>
        )}
      </section>
    </>
  );
}
