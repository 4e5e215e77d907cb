import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { reasonsOf, write } from '../api.ts';
import { Dialog } from '../dialog.tsx';
import { formatNumber } from '../format.ts';
import { say } from '../notice.tsx';
import { Reasons } from '../states.tsx';
import { useDialogDraft } from '../use-dialog-draft.ts';
import type { Run } from './contract.ts';
import styles from './import.module.css';

const count = (number: number, one: string, many: string) => `${formatNumber(number)} ${number === 1 ? one : many}`;

/** Tells what goes before it goes. */
export function TakeBackDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const client = useQueryClient();
  const form = useDialogDraft(`take-back.${run.id}`, '', onClose);
  const takeBack = useMutation({
    mutationFn: () => write('POST', `/imports/${run.id}/take-back`, { reason: form.typed }),
    onSuccess: async () => {
      say('The import is taken back.');
      form.done();
      await client.invalidateQueries();
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    takeBack.mutate();
  };
  return (
    <Dialog onClose={onClose} title={`Take back ${run.fileName}`}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <ul className={styles.consequences}>
          <li>
            {count(run.made, 'record is', 'records are')} shown nowhere any more
            {run.parties > 0 && (
              <>, nor {count(run.parties, 'person, team or component', 'people, teams and components')}</>
            )}
            .
          </li>
          <li>Figures are counted without them, and their keys are free to be imported again.</li>
          <li>The journal keeps both: what was brought in, and that you took it back.</li>
          <li>It is refused as soon as somebody has worked on one of them.</li>
        </ul>
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
        {takeBack.isError && <Reasons refusals={reasonsOf(takeBack.error)} title="Not taken back" />}
        <div className={styles.actions}>
          <Button type="submit" color="red" loading={takeBack.isPending}>
            Take it back
          </Button>
          <Button variant="default" onClick={form.cancel}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
