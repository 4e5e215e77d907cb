// What waits for me: decisions first, then what I own and is not finished.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { queryOf, read } from '../api.ts';
import type { Header, WaitingReply } from '../contract.ts';
import { Go, useGo } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { pageSize, useAnswer, useMe } from '../queries.ts';
import { usePathOf, useRegistry } from '../registry.ts';
import { useRowsKeys } from '../list/use-rows-keys.ts';
import { StageMark } from '../stage.tsx';
import { EmptyPlace, RefusedPlace, Waiting } from '../states.tsx';
import { StateWord, ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import { formatWait } from '../format.ts';
import styles from './home.module.css';

function useOwned(person: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['work', person],
    queryFn: ({ pageParam, signal }) =>
      read<{ items: Header[]; nextCursor: string | null }>(
        `/records${queryOf({ owner: person, open: 'true', limit: pageSize, cursor: pageParam })}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    enabled: person !== undefined,
  });
}

function MyDecisions() {
  const waiting = useAnswer<WaitingReply>(['decisions', ''], '/decisions/waiting?limit=50');
  const mine = (waiting.data?.items ?? []).filter((each) => each.mine);
  if (mine.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="my-decisions">
      <h2 id="my-decisions">
        Decisions that wait for me <span className="quiet small">{mine.length}</span>
      </h2>
      <ul className={styles.rows}>
        {mine.slice(0, 5).map((each) => (
          <li key={`${each.gate}${each.subject.id}`}>
            <span className={styles.gate}>{each.gate}</span>
            <Go to={`/gates/${each.gate}/${each.subject.id}`} className={styles.rowTitle}>
              {each.subject.title}
            </Go>
            <ToneWord tone="attention" word={`Waiting ${formatWait(each.since)}`} />
          </li>
        ))}
      </ul>
      {mine.length > 5 && <Go to="/decisions">All {mine.length}</Go>}
    </section>
  );
}

export function Work() {
  const me = useMe();
  const owned = useOwned(me.data?.person.id);
  const { definitions } = useRegistry();
  const pathOf = usePathOf();
  const go = useGo();
  const items = owned.data?.pages.flatMap((page) => page.items) ?? [];
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
      <section className={styles.section} aria-labelledby="owned">
        <h2 id="owned">
          Owned by me and not finished <span className="quiet small">{owned.isSuccess ? items.length : ''}</span>
        </h2>
        {owned.isPending && <Waiting />}
        {owned.isError && <RefusedPlace error={owned.error} again={() => owned.refetch()} />}
        {owned.isSuccess && items.length === 0 && (
          <EmptyPlace sentence="Here stands what you own and have not finished. Nothing does at the moment.">
            <Button variant="default" onClick={() => go('/loop')}>
              See the loop
            </Button>
          </EmptyPlace>
        )}
        <ul className={styles.rows} aria-label="Owned by me">
          {items.map((each, index) => (
            <li key={each.id} data-row={index} data-at={rows.at === index} data-chosen={rows.chosen.has(each.id)}>
              <StageMark stage={each.stage} size={13} />
              <span className={styles.rowRef}>{each.ref}</span>
              <Go to={pathOf(each)} className={styles.rowTitle} onFocus={() => rows.place(index)}>
                {each.title}
              </Go>
              <StateWord
                lifecycle={definitions.find((definition) => definition.type === each.type)?.lifecycle}
                state={each.state}
              />
              <span className={styles.rowAt}>
                <When at={each.updatedAt} />
              </span>
            </li>
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
