// What one types into a field, from the pencil to the server's answer: kept as a draft until it is saved or discarded.
import { type RefObject, useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { ApiRefusal } from '../api.ts';
import type { RecordRead } from '../contract.ts';
import { drafts } from '../drafts.ts';
import { say } from '../notice.tsx';
import { useDraft } from '../use-draft.ts';
import { draftOfField, useEdit } from './use-edit.ts';

/** What stood when the editor was opened. */
interface Base {
  version: number;
  value: unknown;
}
interface Typed {
  value: unknown;
  base: Base;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
/** An emptied input gives up the value. */
const given = (value: unknown) => (value === '' ? null : value);

interface FieldToEdit {
  /** What opens the editor: focus goes back to it. */
  opener: RefObject<HTMLElement | null>;
  name: string;
  label: string;
  value: unknown;
}

export function useFieldEdit(
  definition: RecordDefinition,
  { record }: RecordRead,
  { opener, name, label, value }: FieldToEdit,
) {
  const draftName = draftOfField(record.id, name);
  const [typed, setTyped, { clear }] = useDraft<Typed | null>(draftName, null);
  const [base, setBase] = useState<Base | null>(null);
  const { save, pending } = useEdit(definition, record.id, name);
  const began = base ?? typed?.base ?? { version: record.version, value };
  const send = (wanted: unknown, on: Base) =>
    save.mutate({ name, label, value: given(wanted), before: on.value, expectedVersion: on.version });
  const close = () => {
    setBase(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const conflict = conflictOf(save.error, name);
  /** From here on what the other wrote is known, so saving mine is a choice and no accident. */
  const seen = (): Base | null =>
    conflict ? { version: conflict.version, value: conflict.theirs ? conflict.theirs.value : began.value } : null;
  return {
    editing: base !== null,
    pending,
    error: pending ? null : save.error,
    conflict: pending ? null : conflict,
    /** Typed earlier, in no editor and on no way. */
    draft: base === null && !pending && !save.isError && typed ? typed : null,
    shown: typed ? typed.value : value,
    /** What became of the field while it is being edited here. */
    meanwhile: base !== null && !isSame(value, base.value),
    begin: () => {
      const on = seen() ?? typed?.base ?? { version: record.version, value };
      setBase(on);
      if (typed) setTyped({ ...typed, base: on });
      save.reset();
    },
    type: (next: unknown) => setTyped({ value: next, base: began }),
    finish: () => {
      close();
      if (typed && !isSame(given(typed.value), began.value)) send(typed.value, began);
      else clear();
    },
    /** Leaves the editor; what was typed stays as a draft. */
    leave: () => {
      close();
      if (typed && isSame(given(typed.value), began.value)) clear();
    },
    discard: () => {
      close();
      save.reset();
      if (typed && !isSame(given(typed.value), began.value))
        say(`What you typed into "${label}" is discarded.`, () => drafts.keep(draftName, typed));
      clear();
    },
    sendMine: () => {
      const on = seen() ?? began;
      close();
      if (typed) send(typed.value, on);
    },
  };
}

function conflictOf(error: unknown, name: string) {
  if (!(error instanceof ApiRefusal) || error.currentVersion === undefined) return null;
  const theirs = error.altered.find(({ part }) => part === name);
  const decided = error.altered.find(({ part }) => part === 'decision');
  return theirs || decided ? { version: error.currentVersion, theirs, decided } : null;
}

export type FieldEdit = ReturnType<typeof useFieldEdit>;
