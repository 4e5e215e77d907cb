import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { newKey, write } from '../api.ts';
import type { Header, MoveView, RecordRead } from '../contract.ts';
import { inWords } from '../format.ts';
import { say } from '../notice.tsx';
import { type Said, useRegistry } from '../registry.ts';
import type { FormValues } from './values.ts';

/** True for a move that asks for nothing, so that no dialog is needed. */
export const isPlain = (move: MoveView) =>
  move.asks.length === 0 && !move.needsReason && Object.keys(move.reasonCodes).length === 0;

interface Making {
  move: MoveView;
  given: FormValues;
  /** The version that the maker saw. */
  version: number;
  /** What is said with it, where something is. */
  said?: Said | null;
}

export function useMove(definition: RecordDefinition, read: RecordRead, onDone: () => void) {
  const client = useQueryClient();
  const { record } = read;
  const [key, setKey] = useState(newKey);
  const words = useRegistry().moveWords[definition.type];
  return useMutation({
    mutationFn: ({ move, given, version, said }: Making) => {
      const input = { expectedVersion: version, ...given };
      const { path, body } =
        words && said ? words.call(said, { name: move.name, input }) : { path: `moves/${move.name}`, body: input };
      return write<{ record: Header }>('POST', `/${definition.path}/${record.id}/${path}`, body, key);
    },
    onSuccess: async (after, { move, said }) => {
      const state = definition.lifecycle.states[after.record.state]?.label ?? inWords(after.record.state);
      const stays = after.record.state === record.state;
      const noted = said ? '; your note is added' : '';
      say(stays ? `${move.label}: done${noted}.` : `${record.ref} is now ${state.toLowerCase()}${noted}.`);
      onDone();
      await client.invalidateQueries();
    },
    onError: async () => {
      setKey(newKey());
      await client.invalidateQueries({ queryKey: ['record', definition.path] });
    },
  });
}
