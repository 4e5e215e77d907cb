// What one types into a move's dialog: kept as a draft until the move is made, and never written over what others wrote meanwhile.
import { useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Altered } from '../../refusal/refusal.ts';
import { ApiRefusal } from '../api.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { drafts } from '../drafts.ts';
import { say } from '../notice.tsx';
import type { Said } from '../registry.ts';
import { useDraft } from '../use-draft.ts';
import { useMove } from './use-move.ts';
import { type FormValues, givenValues } from './values.ts';

interface Base {
  version: number;
  values: FormValues;
}
interface Typed {
  values: FormValues;
  reason: string;
  reasonCode: string;
  said: Said | null;
  base: Base;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** What was altered in the dialog: what stands as it was is not sent, so that it overwrites nobody. */
const changed = (values: FormValues, base: Base): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSame(value, base.values[name])));

interface Question {
  definition: RecordDefinition;
  read: RecordRead;
  move: MoveView;
  /** What a dialog opens with beside what the record holds. */
  prefilled: FormValues;
  onClose: () => void;
}

export function useMoveDraft({ definition, read, move, prefilled, onClose }: Question) {
  const { record } = read;
  const name = `move.${record.id}.${move.name}`;
  const [typed, setTyped, { clear, restored }] = useDraft<Typed | null>(name, null);
  const [opened] = useState<Base>(() => ({
    version: record.version,
    values: Object.fromEntries(move.asks.map(({ field }) => [field, record.fields[field] ?? null])),
  }));
  const [asked, setAsked] = useState<readonly Altered[]>([]);
  const base = typed?.base ?? opened;
  const values = typed?.values ?? { ...opened.values, ...prefilled };
  const reason = typed?.reason ?? '';
  const reasonCode = typed?.reasonCode ?? '';
  const said = typed?.said ?? null;
  const make = useMove(definition, read, () => {
    clear();
    onClose();
  });
  const type = (patch: Partial<Typed>) =>
    setTyped((before) => ({ values, reason, reasonCode, said, base, ...before, ...patch }));
  const send = (on: Base) =>
    make.mutate(
      {
        move,
        given: {
          ...givenValues(changed(values, on)),
          ...(reason ? { reason } : {}),
          ...(reasonCode ? { reasonCode } : {}),
        },
        version: on.version,
        said: said?.text.trim() ? said : null,
      },
      { onError: (error) => settle(error, on) },
    );
  /** Others altered the record since the dialog was opened: elsewhere, it goes on; in what is asked here, the reader is asked. */
  const settle = (error: unknown, on: Base) => {
    if (!(error instanceof ApiRefusal) || error.currentVersion === undefined) return;
    const mine = changed(values, on);
    const overlap = error.altered.filter(({ part }) => part in mine || part === 'state' || part === 'decision');
    const theirs = error.altered.filter(({ part }) => part in on.values).map(({ part, value }) => [part, value]);
    const next = { version: error.currentVersion, values: { ...on.values, ...Object.fromEntries(theirs) } };
    type({ base: next });
    setAsked(overlap);
    if (overlap.length === 0) send(next);
  };
  return {
    values,
    reason,
    reasonCode,
    said,
    make,
    restored,
    asked,
    set: (field: string, value: unknown) => type({ values: { ...values, [field]: value } }),
    setReason: (next: string) => type({ reason: next }),
    setReasonCode: (next: string) => type({ reasonCode: next }),
    say: (next: Said) => type({ said: next }),
    takeTheirs: ({ part, value }: Altered) => {
      type({ values: { ...values, [part]: value } });
      setAsked((before) => before.filter((each) => each.part !== part));
    },
    send: () => send(base),
    clear,
    discard: () => {
      if (typed) say(`What you typed for "${move.label}" is discarded.`, () => drafts.keep(name, typed));
      clear();
      onClose();
    },
  };
}
