import { Button } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { reasonsOf } from '../api.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { isPlain, useMove } from '../form/use-move.ts';
import { useGo } from '../go.tsx';
import { openMoves } from '../palette/open-record.ts';
import { Reasons } from '../states.tsx';
import { useKeepFocus } from '../use-keep-focus.ts';
import { inOrder, leading } from './leading.ts';
import { NotNow } from './not-now.tsx';
import styles from './page.module.css';

const MoveDialog = lazy(() => import('../form/move-dialog.tsx').then((module) => ({ default: module.MoveDialog })));
const MoreMoves = lazy(() => import('./more-moves.tsx').then((module) => ({ default: module.MoreMoves })));
const shownButtons = 3;

/** What can be done with the record now, and why not the rest. Neither rule nor right is decided here: the server said both. */
export function Moves({ definition, read }: { definition: RecordDefinition; read: RecordRead }) {
  const go = useGo();
  const place = useRef<HTMLDivElement>(null);
  useKeepFocus(place);
  const [open, setOpen] = useState<MoveView | null>(null);
  const [plain, setPlain] = useState<MoveView | null>(null);
  const make = useMove(definition, read, () => setPlain(null));
  const mine = read.gates.filter((each) => each.mine);
  const waiting = mine.find((each) => each.waits);
  const allowed = inOrder(
    definition.lifecycle,
    read.moves.filter((each) => each.allowed),
  );
  const main = waiting ? undefined : leading(definition.lifecycle, allowed);
  // What a gate that is mine brings about stands behind its button.
  const refused = read.moves.filter((each) => !each.allowed && !mine.some(({ gate }) => gate === each.gate));
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
    <div className={styles.moves} ref={place} tabIndex={-1} role="group" aria-label={`Moves of ${read.record.ref}`}>
      {mine.map((each) => (
        <Button
          key={each.gate}
          variant={each === waiting ? 'filled' : 'default'}
          leftSection={<IconScale size={14} aria-hidden />}
          onClick={() => go(`/gates/${each.gate}/${read.record.id}`)}
        >
          Decide at {each.gate}
        </Button>
      ))}
      {allowed.slice(0, shownButtons).map((move) => (
        <Button
          key={move.name}
          variant={move === main ? 'filled' : 'default'}
          loading={plain?.name === move.name && make.isPending}
          onClick={() => start(move)}
        >
          {move.label}
        </Button>
      ))}
      {allowed.length > shownButtons && (
        <Suspense>
          <MoreMoves moves={allowed.slice(shownButtons)} onStart={start} />
        </Suspense>
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
