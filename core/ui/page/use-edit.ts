// One field at a time: what is typed shows at once, waits while the server is gone, and a refusal keeps what was typed.
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RecordDefinition } from '../../record/define/define.ts';
import { writeInTime } from '../api.ts';
import type { RecordRead } from '../contract.ts';
import { drafts } from '../drafts.ts';
import { say } from '../notice.tsx';

export interface Edit {
  name: string;
  label: string;
  value: unknown;
  before: unknown;
  /** The version that stood when the editor was opened: what others altered since is theirs, not mine to overwrite. */
  expectedVersion: number;
}

export const draftOfField = (id: string, name: string) => `field.${id}.${name}`;
const keyOfEdit = (id: string, name: string) => ['edit', id, name];

/** Saves a field (or `title`, `owner`, `customers`); success offers an undo. `pending` holds too for what another place sent. */
export function useEdit(definition: RecordDefinition, id: string, name: string) {
  const client = useQueryClient();
  const pending = useIsMutating({ mutationKey: keyOfEdit(id, name) }) > 0;
  const take = async (after: RecordRead) => {
    const stands = (key: string) => key === after.record.id || key === after.record.ref;
    client.setQueriesData<RecordRead>(
      {
        predicate: ({ queryKey: [kind, path, key, asOf] }) =>
          kind === 'record' && path === definition.path && typeof key === 'string' && stands(key) && asOf === null,
      },
      // Answers may come in another order than they were made in.
      (shown) => (shown && shown.record.version > after.record.version ? shown : after),
    );
    await Promise.all([
      client.invalidateQueries({ queryKey: ['list', definition.type] }),
      client.invalidateQueries({ queryKey: ['journal', after.record.id] }),
    ]);
  };
  const send = ({ value, expectedVersion }: Edit) =>
    writeInTime<RecordRead>('PATCH', `/${definition.path}/${id}`, { expectedVersion, [name]: value });
  const save = useMutation({
    mutationKey: keyOfEdit(id, name),
    mutationFn: send,
    onSuccess: async (after, edit) => {
      drafts.drop(draftOfField(id, name));
      say(`${edit.label} saved.`, () =>
        undo.mutate({ ...edit, value: edit.before ?? null, before: null, expectedVersion: after.record.version }),
      );
      await take(after);
    },
    onError: () => client.invalidateQueries({ queryKey: ['record', definition.path] }),
  });
  const undo = useMutation({
    mutationFn: send,
    onSuccess: async (after, { label }) => {
      await take(after);
      say(`${label} is as it was before.`);
    },
    onError: (_, { label }) => say(`${label} could not be put back: someone edited it meanwhile.`),
  });
  return { save, pending };
}
