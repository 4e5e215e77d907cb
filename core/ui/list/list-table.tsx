import { Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type HTMLAttributes, useRef } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Names, RecordView } from '../contract.ts';
import { FieldValue } from '../form/field-value.tsx';
import { Go, useGo } from '../go.tsx';
import { useRowHeight } from '../preferences.ts';
import { StateWord } from '../tone.tsx';
import { When } from '../when.tsx';
import { type ListState, nextSort } from './list-state.ts';
import styles from './list.module.css';
import { type RowsState, useRowsKeys } from './use-rows-keys.ts';

interface ListTableProps {
  definition: RecordDefinition;
  records: readonly RecordView[];
  names: Names;
  state: ListState;
  peeked: string | null;
  search: string;
  onSort: (sort: string) => void;
  onPeek: (id: string) => void;
  pointing: Pick<HTMLAttributes<HTMLElement>, 'onPointerEnter' | 'onPointerLeave'>;
  onChosen: (rows: RowsState) => React.ReactNode;
}

function HeadCell({
  label,
  column,
  state,
  onSort,
  className,
}: {
  label: string;
  column?: string | undefined;
  state: ListState;
  onSort: (sort: string) => void;
  className?: string | undefined;
}) {
  if (!column)
    return (
      <th scope="col" className={className} title={label}>
        {label}
      </th>
    );
  const up = state.sort === column;
  const down = state.sort === `-${column}`;
  return (
    <th scope="col" className={className} title={label} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button type="button" className={styles.sort} onClick={() => onSort(nextSort(state.sort, column))}>
        {label}
        {up && <IconArrowUp size={12} aria-hidden />}
        {down && <IconArrowDown size={12} aria-hidden />}
      </button>
    </th>
  );
}

const isFigure = (definition: RecordDefinition, name: string) =>
  ['integer', 'decimal', 'money'].includes(definition.fields[name]?.kind ?? '');

function Row({
  definition,
  record,
  names,
  columns,
  index,
  rows,
  peeked,
  to,
}: {
  definition: RecordDefinition;
  record: RecordView;
  names: Names;
  columns: readonly string[];
  index: number;
  rows: RowsState;
  peeked: boolean;
  to: string;
}) {
  const go = useGo();
  const handleClick = (press: React.MouseEvent) => {
    if (!(press.target instanceof Element) || press.target.closest('a, input, label, button')) return;
    rows.place(index);
    go(to);
  };
  return (
    <tr
      data-row={index}
      data-chosen={rows.chosen.has(record.id)}
      data-at={rows.at === index || peeked}
      onClick={handleClick}
    >
      <td className={styles.mark}>
        <Checkbox
          size="xs"
          aria-label={`Choose ${record.ref}`}
          checked={rows.chosen.has(record.id)}
          onChange={() => rows.toggle(index)}
        />
      </td>
      <td className={styles.ref}>{record.ref}</td>
      <td className={styles.title}>
        <Go to={to} onFocus={() => rows.place(index)}>
          {record.title}
        </Go>
      </td>
      <td className={styles.state} title={definition.lifecycle.states[record.state]?.label}>
        <StateWord lifecycle={definition.lifecycle} state={record.state} />
      </td>
      {columns.map((name) => {
        const field = definition.fields[name];
        return (
          <td key={name} className={styles.extra} data-figure={isFigure(definition, name)}>
            {field && <FieldValue field={field} value={record.fields[name]} names={names} short state={record.state} />}
          </td>
        );
      })}
      <td className={styles.updated}>
        <When at={record.updatedAt} />
      </td>
    </tr>
  );
}

/** Room for the longest word of a state with its sign, as far as other columns can spare it. */
const widthOfStates = ({ lifecycle: { states } }: RecordDefinition): string =>
  `clamp(92px, ${Math.max(...Object.values(states).map(({ label }) => label.length)) * 0.4 + 2.2}rem, 148px)`;

/** Rows of a list; only those in view are drawn. */
export function ListTable({
  definition,
  records,
  names,
  state,
  peeked,
  search,
  onSort,
  onPeek,
  pointing,
  onChosen,
}: ListTableProps) {
  const go = useGo();
  const body = useRef<HTMLTableSectionElement>(null);
  const narrow = useMediaQuery('(max-width: 640px)');
  const relaxed = useRowHeight();
  const height = narrow ? 60 : relaxed;
  const rowsInView = useWindowVirtualizer({
    count: records.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const pathOf = (record: RecordView) => `/${definition.path}/${record.ref}`;
  const open = (index: number) => records[index] && go(pathOf(records[index]));
  const peek = (index: number) => records[index] && onPeek(records[index].id);
  const rows = useRowsKeys({
    ids: records.map((each) => each.id),
    scrollTo: (index) => rowsInView.scrollToIndex(index, { align: 'auto' }),
    onOpen: open,
    onPeek: peek,
    peeked,
  });
  const drawn = rowsInView.getVirtualItems();
  const margin = rowsInView.options.scrollMargin;
  const above = (drawn[0]?.start ?? margin) - margin;
  const below = rowsInView.getTotalSize() - ((drawn.at(-1)?.end ?? margin) - margin);
  const sorts = new Set<string>(definition.sorts ?? []);
  return (
    <>
      {onChosen(rows)}
      <table
        className={styles.table}
        style={{ '--state-width': widthOfStates(definition) } as CSSProperties}
        aria-label={definition.plural}
        data-search={search}
      >
        <thead>
          <tr>
            <th scope="col" className={styles.mark}>
              <span className="visually-hidden">Choose</span>
            </th>
            <HeadCell label="Number" column="number" state={state} onSort={onSort} className={styles.ref} />
            <HeadCell label={definition.titleLabel ?? 'Title'} state={state} onSort={onSort} className={styles.title} />
            <HeadCell label="State" state={state} onSort={onSort} className={styles.state} />
            {state.columns.map((name) => (
              <HeadCell
                key={name}
                label={definition.fields[name]?.label ?? name}
                column={sorts.has(name) ? name : undefined}
                state={state}
                onSort={onSort}
                className={styles.extra}
              />
            ))}
            <th scope="col" className={styles.updated}>
              Last edit
            </th>
          </tr>
        </thead>
        <tbody ref={body} {...pointing}>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {drawn.map(({ index }) => {
            const record = records[index];
            return (
              record && (
                <Row
                  key={record.id}
                  definition={definition}
                  record={record}
                  names={names}
                  columns={state.columns}
                  index={index}
                  rows={rows}
                  peeked={peeked === record.id}
                  to={pathOf(record)}
                />
              )
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </>
  );
}
