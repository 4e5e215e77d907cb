import { useEffect, useRef, useState } from 'react';
import { useVisit } from '../go.tsx';
import { useKeys } from '../keys.ts';
import { chosenRange } from './list-state.ts';

interface RowsKeys {
  ids: readonly string[];
  scrollTo: (index: number) => void;
  onOpen: (index: number) => void;
  onPeek?: (index: number) => void;
  /** The record that shows at the side. */
  peeked?: string | null;
}

export interface RowsState {
  at: number;
  chosen: ReadonlySet<string>;
  toggle: (index: number) => void;
  place: (index: number) => void;
  clear: () => void;
}

const linkOf = (index: number) => document.querySelector<HTMLElement>(`[data-row="${index}"] a`);

/** At once where the row is drawn, so that Enter opens this row however fast it follows; else when it is. */
function focusRow(index: number): void {
  const drawn = linkOf(index);
  if (drawn) drawn.focus({ preventScroll: true });
  else requestAnimationFrame(() => linkOf(index)?.focus({ preventScroll: true }));
}

/** Where one was in the lists of this tab, by the step of the browser's history: who comes back to it stands there again. */
const places = new Map<string, string>();

const isLost = () => document.activeElement === document.body || document.activeElement?.id === 'main';

/** Remembers the row one is at, and goes back to it when one comes back to this list. */
function useReturnToRow(ids: readonly string[], at: number, goTo: (index: number) => void): void {
  const visit = useVisit();
  const left = useRef(places.get(visit));
  useEffect(() => {
    const id = ids[at];
    if (id !== undefined) places.set(visit, id);
  }, [visit, ids, at]);
  useEffect(() => {
    const index = left.current === undefined ? -1 : ids.indexOf(left.current);
    if (index < 0) return;
    left.current = undefined;
    // The frame first takes the reader to the page's main part.
    requestAnimationFrame(() => isLost() && goTo(index));
  });
}

/** On a narrow page the side takes the place of the rows: once it is gone, one stands at the row again. */
function useReturnFromSide(peeked: string | null, at: number): void {
  const before = useRef(peeked);
  useEffect(() => {
    const isGone = before.current !== null && peeked === null;
    before.current = peeked;
    if (isGone && at >= 0 && isLost()) focusRow(at);
  }, [peeked, at]);
}

/** The keys of every list: j k move, Enter opens, x chooses, Shift+x chooses a range, Space shows at the side. */
export function useRowsKeys({ ids, scrollTo, onOpen, onPeek, peeked = null }: RowsKeys): RowsState {
  const [at, setAt] = useState(-1);
  const [last, setLast] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const place = (index: number) => {
    const next = Math.max(0, Math.min(ids.length - 1, index));
    if (ids.length === 0) return;
    setAt(next);
    scrollTo(next);
    focusRow(next);
  };
  const toggle = (index: number) => {
    const id = ids[index];
    if (id === undefined) return;
    setLast(index);
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id]),
    );
  };
  useReturnToRow(ids, at, place);
  useReturnFromSide(peeked, at);
  const range = () => at >= 0 && setChosen((before) => new Set([...before, ...chosenRange(ids, last, at)]));
  useKeys([
    { key: 'j', label: 'Next row', run: () => place(at + 1) },
    { key: 'k', label: 'Row before', run: () => place(at - 1) },
    { key: 'Enter', label: 'Open the row', run: () => at >= 0 && onOpen(at) },
    { key: 'x', label: 'Choose the row', run: () => toggle(at) },
    { key: 'shift+x', label: 'Choose up to this row', run: range },
    ...(onPeek ? [{ key: ' ', label: 'Show the row at the side', run: () => at >= 0 && onPeek(at) }] : []),
  ]);
  return { at, chosen, toggle, place: setAt, clear: () => setChosen(new Set()) };
}
