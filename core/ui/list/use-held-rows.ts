import { type PointerEvent, useState } from 'react';
import { type Held, heldRows } from './held-rows.ts';

interface HeldRows<T extends { id: string }> extends Held<T> {
  /** Of the place that holds the rows. */
  pointing: { onPointerEnter: (pointer: PointerEvent) => void; onPointerLeave: () => void };
  letIn: () => void;
}

/** Rows that do not move under the pointer. `list` names what list they are of: another one begins anew. */
export function useHeldRows<T extends { id: string }>(rows: readonly T[], list: string): HeldRows<T> {
  const [held, setHeld] = useState<{ rows: readonly T[]; list: string } | null>(null);
  const letIn = () => setHeld(null);
  const isHeld = held !== null && held.list === list && held.rows.length > 0;
  return {
    ...(isHeld ? heldRows(rows, held.rows) : { shown: rows, fresh: 0 }),
    pointing: {
      // A finger does not rest on a row: it presses or scrolls.
      onPointerEnter: ({ pointerType }) => pointerType === 'mouse' && setHeld({ rows, list }),
      onPointerLeave: letIn,
    },
    letIn,
  };
}
