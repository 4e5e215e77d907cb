import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { reasonsOf, write } from '../../../ui/api.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { say } from '../../../ui/notice.tsx';
import { Reasons } from '../../../ui/states.tsx';
import { useDialogDraft } from '../../../ui/use-dialog-draft.ts';
import type { FileShown } from '../../../ui/files/record-files.ts';
import type { Given } from './use-uploads.ts';
import styles from './files.module.css';

/** Takes a file's bytes away for good, with the reason. */
export function RemoveDialog({ file, path, id, onClose }: Given & { file: FileShown; onClose: () => void }) {
  const client = useQueryClient();
  const form = useDialogDraft(`remove-file.${file.id}`, '', onClose);
  const name = file.name ?? 'this file';
  const remove = useMutation({
    mutationFn: () => write('POST', `${path}/${file.id}/removal`, { reason: form.typed }),
    onSuccess: async () => {
      say(`${name} is removed.`);
      form.done();
      await client.invalidateQueries({ queryKey: ['files', id] });
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    remove.mutate();
  };
  return (
    <Dialog onClose={onClose} title={`Remove ${name}`}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <p className="quiet">What it holds is gone for good. The history keeps its name, size and hash.</p>
        <Textarea
          label="Why"
          name="reason"
          withAsterisk
          required
          autosize
          minRows={2}
          data-autofocus
          value={form.typed}
          onChange={(typing) => form.setTyped(typing.currentTarget.value)}
        />
        {remove.isError && <Reasons refusals={reasonsOf(remove.error)} title="Not removed" />}
        <div className={styles.actions}>
          <Button type="submit" color="red" loading={remove.isPending}>
            Remove for good
          </Button>
          <Button variant="default" onClick={form.cancel}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
