// One field at a time: what is typed shows at once, a refusal puts the field back and keeps what was typed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RecordDefinition } from '../../record/define.ts';
import { write } from '../api.ts';
import type { RecordRead } from '../contract.ts';
import { say } from '../notice.tsx';

interface Edit {
  name: string;
  label: string;
  value: unknown;
  before: unknown;
  expectedVersion: number;
}

/** Saves a field (or `title`, `owner`, `customers`); success offers an undo. */
export function useEdit(definition: RecordDefinition, id: string) {
  const client = useQueryClient();
  const take = async (after: RecordRead) => {
    const stands = (key: string) => key === after.record.id || key === after.record.ref;
    client.setQueriesData<RecordRead>(
      {
        predicate: ({ queryKey: [kind, path, key, asOf] }) =>
          kind === 'record' && path === definition.path && typeof key === 'string' && stands(key) && asOf === null,
      },
      after,
    );
    await Promise.all([
      client.invalidateQueries({ queryKey: ['list', definition.type] }),
      client.invalidateQueries({ queryKey: ['journal', after.record.id] }),
    ]);
  };
  const save = useMutation({
    mutationFn: ({ name, value, expectedVersion }: Edit) =>
      write<RecordRead>('PATCH', `/${definition.path}/${id}`, { expectedVersion, [name]: value }),
    onSuccess: async (after, { name, label, before }) => {
      await take(after);
      say(`${label} saved.`, () =>
        undo.mutate({ name, label, value: before ?? null, before: null, expectedVersion: after.record.version }),
      );
    },
    onError: () => client.invalidateQueries({ queryKey: ['record', definition.path] }),
  });
  const undo = useMutation({
    mutationFn: ({ name, value, expectedVersion }: Edit) =>
      write<RecordRead>('PATCH', `/${definition.path}/${id}`, { expectedVersion, [name]: value }),
    onSuccess: async (after, { label }) => {
      await take(after);
      say(`${label} is as it was before.`);
    },
    onError: (_, { label }) => say(`${label} could not be put back: someone edited it meanwhile.`),
  });
  return save;
}
