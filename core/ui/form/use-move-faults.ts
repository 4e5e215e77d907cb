// What is wrong in a move's dialog: what is still empty before it is sent, and what the server refused.
import { useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { reasonsOf } from '../api.ts';
import type { MoveView } from '../contract.ts';
import { inOneLine } from '../refusal-words.ts';
import { type MoveWords, useRegistry } from '../registry.ts';
import { useFirstWrong } from './focus.ts';
import type { useMoveDraft } from './use-move-draft.ts';
import { lacks, missingLabels } from './values.ts';

interface Judged {
  definition: RecordDefinition;
  move: MoveView;
  form: ReturnType<typeof useMoveDraft>;
}

/** Names in the dialog beside the fields that the move asks for. */
const besides: readonly string[] = ['reason', 'reasonCode', 'said'];

export function useMoveFaults(formId: string, { definition, move, form }: Judged) {
  const { values, reason, reasonCode, make, asked } = form;
  const [missing, setMissing] = useState<readonly { name: string; label: string }[]>([]);
  const words = useRegistry().moveWords[definition.type];
  useFirstWrong(formId, missing, make.error);
  const refusals = make.isError && asked.length === 0 ? reasonsOf(make.error).map(inDialog(words)) : [];
  const isShown = (name: string) => besides.includes(name) || move.asks.some(({ field }) => field === name);
  const isRequired = (name: string) => move.asks.some(({ field, required }) => field === name && required);
  return {
    /** What to say of a field. */
    said: (name: string): string | undefined => {
      const refused = refusals.find(({ field }) => field === name);
      return lacks(missing, { ...values, reason, reasonCode }, name) ?? (refused && inOneLine(refused));
    },
    /** Refusals that no field in the dialog shows. */
    general: refusals.filter(({ field }) => !field || !isShown(field)),
    /** Whether all that is needed is given; what is not is told from then on. */
    isComplete: (): boolean => {
      const lacking = [
        ...missingLabels(definition.fields, values, isRequired),
        ...(Object.keys(move.reasonCodes).length > 0 && reasonCode === ''
          ? [{ name: 'reasonCode', label: 'A kind of reason' }]
          : []),
        ...(move.needsReason && reason.trim() === '' ? [{ name: 'reason', label: 'A reason' }] : []),
      ];
      setMissing(lacking);
      return lacking.length === 0;
    },
  };
}

/** A refusal with its field named as the dialog names it, also where words went with the move. */
function inDialog(words: MoveWords | undefined) {
  return (told: Refusal): Refusal => {
    if (!words || !told.field) return told;
    const { before, words: own } = words.named;
    if (own.includes(told.field)) return { ...told, field: 'said' };
    return told.field.startsWith(before) ? { ...told, field: told.field.slice(before.length) } : told;
  };
}
