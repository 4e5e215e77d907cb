import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { reasonsOf, write } from '../api.ts';
import type { Condition } from '../contract.ts';
import { Dialog } from '../dialog.tsx';
import { DraftNote } from '../draft-note.tsx';
import { say } from '../notice.tsx';
import { Reasons } from '../states.tsx';
import { useDialogDraft } from '../use-dialog-draft.ts';
import styles from './page.module.css';

/** Records that a condition of a decision is met, with what shows it. */
export function MeetDialog({ condition, onClose }: { condition: Condition; onClose: () => void }) {
  const client = useQueryClient();
  const form = useDialogDraft(`met.${condition.id}`, '', onClose);
  const evidence = form.typed;
  const meet = useMutation({
    mutationFn: () => write('POST', `/conditions/${condition.id}/met`, { evidence }),
    onSuccess: async () => {
      say('The condition is met.');
      form.done();
      await client.invalidateQueries();
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    meet.mutate();
  };
  return (
    <Dialog onClose={onClose} title={condition.text}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <DraftNote shown={form.restored} onDiscard={form.clear} />
        <Textarea
          label="What shows that it is met"
          name="evidence"
          withAsterisk
          required
          autosize
          minRows={3}
          data-autofocus
          value={evidence}
          onChange={(typing) => form.setTyped(typing.currentTarget.value)}
        />
        {meet.isError && <Reasons refusals={reasonsOf(meet.error)} title="Not recorded" />}
        <div className={styles.editingFoot}>
          <Button type="submit" loading={meet.isPending}>
            Mark as met
          </Button>
          <Button variant="default" onClick={form.cancel}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
