import { Button, Menu, Popover } from '@mantine/core';
import { IconChevronDown, IconLock, IconScale } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { RecordDefinition } from '../../record/define.ts';
import type { State } from '../../lifecycle/lifecycle.ts';
import { wayOf } from '../../lifecycle/way.ts';
import { reasonsOf } from '../api.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { isPlain, useMove } from '../form/use-move.ts';
import { Go, useGo } from '../go.tsx';
import { openMoves } from '../palette/open-record.ts';
import { useRegistry } from '../registry.ts';
import { Reasons } from '../states.tsx';
import { ToneIcon, ToneWord } from '../tone.tsx';
import styles from './page.module.css';

const MoveDialog = lazy(() => import('../form/move-dialog.tsx').then((module) => ({ default: module.MoveDialog })));
const shownButtons = 3;

/** The states as they follow each other, the present one marked. */
export function StatesDrawn({ definition, state }: { definition: RecordDefinition; state: string }) {
  const way = wayOf(definition.lifecycle, state);
  const at = way.indexOf(state);
  const states = way.flatMap((name) => {
    const each: State | undefined = definition.lifecycle.states[name];
    return each ? [[name, each] as const] : [];
  });
  return (
    <ol className={styles.states} aria-label="States">
      {states.map(([name, each], index) => (
        <li
          key={name}
          aria-current={name === state ? 'step' : undefined}
          data-before={index < at}
          data-final={each.final ?? false}
          data-tone={each.tone}
        >
          {name === state && <ToneIcon tone={each.tone} size={13} />}
          <span>{each.label}</span>
        </li>
      ))}
    </ol>
  );
}

function NotNow({ moves, definition }: { moves: readonly MoveView[]; definition: RecordDefinition }) {
  return (
    <Popover position="bottom-end" width={380} trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconLock size={13} aria-hidden />}>
          {moves.length} not now
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        className={styles.notNow}
        aria-label="Moves that cannot be made now"
        tabIndex={-1}
        data-autofocus
      >
        <ul>
          {moves.map((move) => (
            <li key={move.name}>
              <strong>{move.label}</strong>{' '}
              <span className="quiet small">to {definition.lifecycle.states[move.to]?.label ?? move.to}</span>
              <ul className={styles.why}>
                {move.refusals.map((each, index) => (
                  <li key={`${each.code}${index}`}>
                    {each.sentence} <span className="quiet">{each.hint}</span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What can be done with the record now, and why not the rest. Neither rule nor right is decided here: the server said both. */
export function Moves({ definition, read }: { definition: RecordDefinition; read: RecordRead }) {
  const go = useGo();
  const [open, setOpen] = useState<MoveView | null>(null);
  const [plain, setPlain] = useState<MoveView | null>(null);
  const make = useMove(definition, read, () => setPlain(null));
  const allowed = read.moves
    .filter((each) => each.allowed && !each.gate)
    .toSorted((one, other) => Number(other.primary) - Number(one.primary));
  const gates = read.moves.filter((each) => each.gate);
  const gateNames = [...new Set(gates.filter((each) => each.allowed).map((each) => each.gate ?? ''))];
  const refused = read.moves.filter((each) => !each.allowed);
  const start = (move: MoveView) => {
    if (!isPlain(move)) {
      setOpen(move);
      return;
    }
    setPlain(move);
    make.mutate({ move, given: {}, version: read.record.version });
  };
  useEffect(() => {
    openMoves.set({
      ref: read.record.ref,
      moves: allowed.map((move) => ({
        name: move.name,
        label: `${move.label} ${read.record.ref}`,
        run: () => start(move),
      })),
    });
    return () => openMoves.set(null);
  });
  return (
    <div className={styles.moves}>
      {gateNames.map((gate) => (
        <Button
          key={gate}
          leftSection={<IconScale size={14} aria-hidden />}
          onClick={() => go(`/gates/${gate}/${read.record.id}`)}
        >
          Decide at {gate}
        </Button>
      ))}
      {allowed.slice(0, shownButtons).map((move, index) => (
        <Button
          key={move.name}
          variant={
            (move.primary || allowed.length === 1) && index === 0 && gateNames.length === 0 ? 'filled' : 'default'
          }
          loading={plain?.name === move.name && make.isPending}
          onClick={() => start(move)}
        >
          {move.label}
        </Button>
      ))}
      {allowed.length > shownButtons && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {allowed.slice(shownButtons).map((move) => (
              <Menu.Item key={move.name} onClick={() => start(move)}>
                {move.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {refused.length > 0 && <NotNow moves={refused} definition={definition} />}
      {plain && make.isError && (
        <div className={styles.moveRefused}>
          <Reasons refusals={reasonsOf(make.error)} title={`${plain.label}: not done`} />
        </div>
      )}
      <Suspense>
        {open && <MoveDialog definition={definition} read={read} move={open} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

const outcomes = {
  approve: { tone: 'good', word: 'Approved' },
  approve_with_conditions: { tone: 'good', word: 'Approved with conditions' },
  reject: { tone: 'bad', word: 'Rejected' },
  defer: { tone: 'attention', word: 'Deferred' },
  withdraw: { tone: 'unknown', word: 'Withdrawn' },
} as const;

/** The gates of such a record in the order of its way, with what was decided last at each, and which are open now. */
export function GatesAhead({ definition, read }: { definition: RecordDefinition; read: RecordRead }) {
  const { gates: names } = useRegistry();
  const { moves, stands, states } = definition.lifecycle;
  const order = Object.keys(states);
  const all = [
    ...Object.values(moves).flatMap(({ gate, from, on }) => (gate && on === 'approve' ? [{ gate, from }] : [])),
    ...Object.entries(stands ?? {}).map(([gate, each]) => ({ gate, from: each.in })),
  ].toSorted((one, other) => order.indexOf(one.from[0] ?? '') - order.indexOf(other.from[0] ?? ''));
  const gates = all.filter(({ gate }, index) => all.findIndex((each) => each.gate === gate) === index);
  if (gates.length === 0) return null;
  return (
    <section aria-labelledby="gates">
      <h2 id="gates">Gates</h2>
      <ul className={styles.gates}>
        {gates.map(({ gate, from }) => {
          const last = read.decisions
            .filter((each) => each.gate === gate)
            .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))[0];
          const open = from.includes(read.record.state);
          return (
            <li key={gate}>
              <Go to={`/gates/${gate}/${read.record.id}`} className={styles.gateLink}>
                {gate} {names[gate]}
              </Go>
              {last ? (
                <ToneWord {...outcomes[last.outcome]} />
              ) : open ? (
                <ToneWord tone="attention" word="Open" />
              ) : (
                <span className="quiet">Not yet</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
