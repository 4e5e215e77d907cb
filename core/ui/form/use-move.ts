import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordDefinition } from '../../record/define.ts';
import { newKey, write } from '../api.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { inWords } from '../format.ts';
import { say } from '../notice.tsx';
import type { FormValues } from './values.ts';

/** True for a move that asks for nothing, so that no dialog is needed. */
export const isPlain = (move: MoveView) =>
  move.asks.length === 0 && !move.needsReason && Object.keys(move.reasonCodes).length === 0;

interface Making {
  move: MoveView;
  given: FormValues;
  /** The version that the maker saw. */
  version: number;
}

export function useMove(definition: RecordDefinition, read: RecordRead, onDone: () => void) {
  const client = useQueryClient();
  const { record } = read;
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: ({ move, given, version }: Making) =>
      write<RecordRead>(
        'POST',
        `/${definition.path}/${record.id}/moves/${move.name}`,
        { expectedVersion: version, ...given },
        key,
      ),
    onSuccess: async (after, { move }) => {
      const state = definition.lifecycle.states[after.record.state]?.label ?? inWords(after.record.state);
      const stays = after.record.state === record.state;
      say(stays ? `${move.label}: done.` : `${record.ref} is now ${state.toLowerCase()}.`);
      onDone();
      await client.invalidateQueries();
    },
    onError: async () => {
      setKey(newKey());
      await client.invalidateQueries({ queryKey: ['record', definition.path] });
    },
  });
}
