// The standard list: every record type has it, and it is good enough to live in.
import { Button, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { actOf } from '../../record/define/act-of.ts';
import type { RecordDefinition } from '../../record/define/define.ts';
import { Go, useGo, useSearch } from '../go.tsx';
import { useKeys } from '../keys.ts';
import { say } from '../notice.tsx';
import { usePageTitle } from '../page-title.ts';
import { useMe, useRecords } from '../queries.ts';
import { StageMark, stageLabels } from '../stage.tsx';
import { EmptyPlace, RefusedPlace } from '../states.tsx';
import { useLater } from '../use-later.ts';
import { Filters } from './filters.tsx';
import { apiQuery, defaultSort, isFiltered, readListState } from './list-state.ts';
import { ListTable } from './list-table.tsx';
import styles from './list.module.css';
import { useHeldRows } from './use-held-rows.ts';
import type { RowsState } from './use-rows-keys.ts';

const Peek = lazy(() => import('../page/peek.tsx').then((module) => ({ default: module.Peek })));

function WaitingRows() {
  const late = useLater(true);
  return (
    <div className={styles.waiting} role="status" aria-label="Loading rows">
      {late &&
        Array.from({ length: 12 }, (_, index) => (
          <div key={index}>
            <Skeleton height={10} width={56} />
            <Skeleton height={10} width={`${38 + ((index * 17) % 40)}%`} />
          </div>
        ))}
    </div>
  );
}

function Chosen({ rows, refs }: { rows: RowsState; refs: readonly string[] }) {
  if (rows.chosen.size === 0) return null;
  const handleCopy = () =>
    navigator.clipboard.writeText(refs.join(' ')).then(
      () => say(`${refs.length} numbers copied.`),
      () => say(refs.join(' ')),
    );
  return (
    <div className={styles.chosen} role="status">
      <strong>{rows.chosen.size} chosen</strong>
      <Button variant="default" size="compact-sm" onClick={handleCopy}>
        Copy numbers
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={rows.clear}>
        Clear
      </Button>
    </div>
  );
}

export function ListPage({ definition }: { definition: RecordDefinition }) {
  const [search, edit] = useSearch();
  const go = useGo();
  const me = useMe();
  const state = readListState(search, definition);
  const list = useRecords(definition.type, definition.path, apiQuery(state, me.data?.person.id));
  const held = useHeldRows(list.data?.pages.flatMap((page) => page.items) ?? [], apiQuery(state, me.data?.person.id));
  const records = held.shown;
  const names = Object.assign({}, ...(list.data?.pages.map((page) => page.names) ?? []));
  const peeked = search.get('peek');
  const mayCreate = me.data?.creates.includes(definition.type) === true;
  const startNew = () => go(`/${definition.path}/new`);
  useKeys(mayCreate ? [{ key: 'n', label: 'New', run: startNew }] : []);
  const isEmpty = list.isSuccess && records.length === 0 && !isFiltered(state);
  const createButton = mayCreate && (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={startNew}>
      {actOf(definition)}
    </Button>
  );
  usePageTitle(definition.plural);
  return (
    <div className={styles.page} data-peeking={peeked !== null}>
      <div className={styles.list}>
        <div className={styles.head}>
          <div>
            <p className={styles.crumb}>
              <Go to={`/stages/${definition.stage}`}>
                <StageMark stage={definition.stage} size={12} silent /> {stageLabels[definition.stage]}
              </Go>
            </p>
            <h1>
              {definition.plural}
              {list.isSuccess && (
                <span className={styles.total}>
                  {records.length}
                  {list.hasNextPage ? '+' : ''}
                </span>
              )}
            </h1>
          </div>
          {!isEmpty && createButton}
        </div>
        <Filters definition={definition} state={state} onPatch={(patch) => edit(patch)} />
        {held.fresh > 0 && (
          <div className={styles.freshPlace}>
            <div className={styles.fresh} role="status">
              {held.fresh} new
              <Button variant="subtle" size="compact-sm" onClick={held.letIn}>
                Show
              </Button>
            </div>
          </div>
        )}
        {list.isPending && <WaitingRows />}
        {list.isError && <RefusedPlace error={list.error} again={() => list.refetch()} />}
        {isEmpty && <EmptyPlace sentence={definition.purpose}>{createButton}</EmptyPlace>}
        {list.isSuccess && records.length === 0 && isFiltered(state) && (
          <EmptyPlace sentence={`No ${definition.plural.toLowerCase()} match these filters.`}>
            <Button variant="default" onClick={() => go(`/${definition.path}`)}>
              Show all
            </Button>
          </EmptyPlace>
        )}
        {records.length > 0 && (
          <ListTable
            definition={definition}
            records={records}
            names={names}
            state={state}
            peeked={peeked}
            search={search.toString()}
            onSort={(sort) => edit({ sort: sort === defaultSort ? null : sort })}
            onPeek={(id) => edit({ peek: peeked === id ? null : id })}
            pointing={held.pointing}
            onChosen={(rows) => (
              <Chosen rows={rows} refs={records.filter((each) => rows.chosen.has(each.id)).map((each) => each.ref)} />
            )}
          />
        )}
        {list.hasNextPage && (
          <Button variant="default" mt="md" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
      <Suspense>{peeked && <Peek definition={definition} id={peeked} onClose={() => edit({ peek: null })} />}</Suspense>
    </div>
  );
}
