// The value thread: a picture to walk with the arrow keys, up to the sentence that was written and down to the newest measurement; the same as a table.
import { Button } from '@mantine/core';
import { IconChartDots3, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { queryOf } from '../api.ts';
import type { Thread, ThreadNode } from '../contract.ts';
import { formatValue, inWords } from '../format.ts';
import { Go, useGo, useSearch } from '../go.tsx';
import { useAnswer } from '../queries.ts';
import { usePathOf, useRegistry } from '../registry.ts';
import { StageMark, StageShape, stageColour, stageLabels } from '../stage.tsx';
import { EmptyPlace, RefusedPlace, Waiting } from '../states.tsx';
import { StateWord, ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import { useWidth } from '../use-width.ts';
import { box, layoutThread, type PlacedEdge, type PlacedNode, type Step, stepFrom } from './layout.ts';
import { TimeSlider } from './time-slider.tsx';
import styles from './thread.module.css';
import { lookup } from '../../names/lookup.ts';

const keys: Readonly<Record<string, Step>> = lookup({
  ArrowRight: 'on',
  ArrowLeft: 'back',
  ArrowUp: 'up',
  ArrowDown: 'down',
});
const most = { title: 22, head: 19 };
const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function Link({ edge: { edge, path, weakest, middle } }: { edge: PlacedEdge }) {
  return (
    <g className={styles.edge} data-state={edge.state} data-weakest={weakest}>
      <path d={path} />
      {weakest && (
        <g transform={`translate(${middle.x - 8} ${middle.y - 8})`}>
          <path d="M8 1.5 15 14H1Z" className={styles.warn} />
          <path d="M8 6v4M8 12v.5" className={styles.warnMark} />
        </g>
      )}
    </g>
  );
}

function Node({
  placed: { node, x, y },
  current,
  onFocus,
}: {
  placed: PlacedNode;
  current: boolean;
  onFocus: () => void;
}) {
  const pathOf = usePathOf();
  const go = useGo();
  const kind = useKind()(node);
  const { header, measured, broken } = node;
  const to = pathOf(header);
  const figure = measured ? `, ${formatValue(measured.value, measured.unit)}` : '';
  return (
    <a
      href={to}
      tabIndex={current ? 0 : -1}
      data-node={header.id}
      data-broken={broken.length > 0}
      className={styles.node}
      onFocus={onFocus}
      aria-label={`${kind}: ${header.ref} ${header.title}${figure}${broken.map(({ sentence }) => `. Broken: ${sentence}`).join('')}`}
      onClick={(press) => {
        press.preventDefault();
        go(to);
      }}
    >
      <title>{`${header.ref} ${header.title}`}</title>
      <rect x={x} y={y} width={box.width} height={box.height} rx={6} />
      <rect
        x={x}
        y={y + 6}
        width={3}
        height={box.height - 12}
        rx={1.5}
        className={styles.hue}
        style={{ fill: stageColour(header.stage) }}
      />
      <g transform={`translate(${x + 12} ${y + 9}) scale(0.8)`}>
        <StageShape stage={header.stage} />
      </g>
      <text x={x + 31} y={y + 19.5} className={styles.kind}>
        {cut(kind, most.head - header.ref.length)}
        <tspan className={styles.ref}> {header.ref}</tspan>
      </text>
      <text x={x + 12} y={y + 42} className={styles.title}>
        {measured ? formatValue(measured.value, measured.unit) : cut(header.title, most.title)}
      </text>
    </a>
  );
}

function Picture({ thread }: { thread: Thread }) {
  const [place, width] = useWidth();
  const placed = layoutThread(thread, width);
  const [current, setCurrent] = useState(placed.nodes[0]?.node.header.id ?? '');
  const picture = useRef<SVGSVGElement>(null);
  const handleKey = (press: KeyboardEvent) => {
    const step = keys[press.key];
    if (!step) return;
    press.preventDefault();
    const next = picture.current?.querySelector<SVGAElement>(
      `[data-node="${CSS.escape(stepFrom(placed, current, step))}"]`,
    );
    next?.focus();
    next?.scrollIntoView({ block: 'nearest', inline: 'center' });
  };
  return (
    <div className={styles.scroll} ref={place}>
      <svg
        ref={picture}
        width={placed.width}
        height={placed.height}
        role="group"
        aria-label="Value thread. The arrow keys walk along it, Enter opens."
        onKeyDown={handleKey}
      >
        {placed.edges.map((edge) => (
          <Link key={edge.edge.id} edge={edge} />
        ))}
        {placed.nodes.map((each) => (
          <Node
            key={each.node.header.id}
            placed={each}
            current={each.node.header.id === current}
            onFocus={() => setCurrent(each.node.header.id)}
          />
        ))}
      </svg>
    </div>
  );
}

function useKind(): (node: ThreadNode) => string {
  const { definitions } = useRegistry();
  return ({ header }) => definitions.find((each) => each.type === header.type)?.label ?? inWords(header.type);
}

function nameOf(thread: Thread, id: string): string {
  const header = thread.nodes.find((each) => each.header.id === id)?.header;
  return header ? `${header.ref} ${header.title}` : 'something you may not see';
}

function Weakest({ thread }: { thread: Thread }) {
  const weakest = thread.edges.find((each) => each.id === thread.weakest);
  if (!weakest) return null;
  const { from, to, state } = weakest;
  const why = {
    suspect: 'one of them was edited since they were joined',
    asserted: 'nobody has confirmed it by a measurement',
  }[state];
  return (
    <p className={styles.weakest}>
      <ToneWord tone="attention" word="Weakest link" /> from {nameOf(thread, from)} to {nameOf(thread, to)}: {why}.
    </p>
  );
}

/** Where the thread is broken, and what mends it. */
function Broken({ thread }: { thread: Thread }) {
  const broken = thread.nodes.flatMap((node) => node.broken);
  if (broken.length === 0) return null;
  return (
    <ul className={styles.broken} aria-label="Where the thread is broken">
      {broken.map(({ sentence, hint }) => (
        <li key={sentence} className={styles.weakest}>
          <ToneWord tone="bad" word="Broken" /> {sentence} <span className="quiet">{hint}</span>
        </li>
      ))}
    </ul>
  );
}

function Row({ node, thread }: { node: ThreadNode; thread: Thread }) {
  const pathOf = usePathOf();
  const { definitions } = useRegistry();
  const { header, measured } = node;
  const comes = thread.edges
    .filter((edge) => edge.to === header.id)
    .map((edge) => thread.nodes.find((each) => each.header.id === edge.from)?.header.ref)
    .filter(Boolean);
  return (
    <tr>
      <td>
        <StageMark stage={header.stage} size={12} silent /> {stageLabels[header.stage]}
      </td>
      <td>{definitions.find((each) => each.type === header.type)?.label ?? inWords(header.type)}</td>
      <td>
        <Go to={pathOf(header)}>
          {header.ref} {header.title}
        </Go>
      </td>
      <td>
        <StateWord lifecycle={definitions.find((each) => each.type === header.type)?.lifecycle} state={header.state} />
      </td>
      <td>{comes.join(', ') || <span className="quiet">–</span>}</td>
      <td>
        {measured ? (
          <>
            {formatValue(measured.value, measured.unit)}{' '}
            <span className="quiet">
              <When at={measured.at} />
            </span>
          </>
        ) : (
          <span className="quiet">–</span>
        )}
      </td>
    </tr>
  );
}

function Table({ thread }: { thread: Thread }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Value thread as a table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Kind</th>
            <th scope="col">Record</th>
            <th scope="col">State</th>
            <th scope="col">Comes from</th>
            <th scope="col">Measured</th>
          </tr>
        </thead>
        <tbody>
          {thread.nodes
            .toSorted((one, other) => one.depth - other.depth)
            .map((node) => (
              <Row key={node.header.id} node={node} thread={thread} />
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** The thread of any record; with `since`, the day the record was made, it can be gone through in time. */
export function ValueThread({ id, since }: { id: string; since?: string }) {
  const [search, edit] = useSearch();
  const asOf = search.get('asOf');
  const table = search.get('thread') === 'table';
  const thread = useAnswer<Thread>(['thread', id, asOf], `/records/${id}/thread${queryOf({ asOf })}`, {
    keep: 2,
    live: true,
  });
  const now = useAnswer<Thread>(['thread', id, null], `/records/${id}/thread`, {
    enabled: since !== undefined,
    live: true,
  });
  if (thread.isPending) return <Waiting what="Loading the thread" lines={3} />;
  if (thread.isError) return <RefusedPlace error={thread.error} again={() => thread.refetch()} />;
  if (thread.data.nodes.length === 0)
    return <EmptyPlace sentence="The thread joins what was asked with what was measured. Nothing is linked yet." />;
  return (
    <section aria-labelledby="thread">
      <div className={styles.head}>
        <h2 id="thread">Value thread</h2>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={table ? <IconChartDots3 size={13} aria-hidden /> : <IconTable size={13} aria-hidden />}
          onClick={() => edit({ thread: table ? null : 'table' })}
        >
          {table ? 'As a picture' : 'As a table'}
        </Button>
      </div>
      {since !== undefined && now.data && (
        <TimeSlider thread={now.data} since={since} asOf={asOf} onMove={(next) => edit({ asOf: next })} />
      )}
      <Broken thread={thread.data} />
      <Weakest thread={thread.data} />
      {thread.data.truncated && <p className="quiet small">The thread goes on farther than this picture.</p>}
      {table ? <Table thread={thread.data} /> : <Picture thread={thread.data} />}
    </section>
  );
}
