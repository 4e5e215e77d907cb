import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { reasonsOf, write } from './api.ts';
import { Dialog } from './dialog.tsx';
import { DraftNote } from './draft-note.tsx';
import { say } from './notice.tsx';
import { Reasons } from './states.tsx';
import { useDialogDraft } from './use-dialog-draft.ts';
import styles from './words-dialog.module.css';

interface WordsDialogProps {
  title: string;
  /** The name of the draft that is kept when the dialog is left. */
  draft: string;
  /** What is asked for, and the name by which the call gives it. */
  asks: { label: string; name: 'reason' | 'evidence' };
  path: string;
  /** What the call says besides. */
  along?: Readonly<Record<string, unknown>>;
  send: { label: string; isGrave?: boolean };
  /** What is said when it is done; nothing where the page shows it. */
  done?: string;
  /** The heading over the reasons of a refusal. */
  refused: string;
  /** What the act alters; all, where it may alter anything. */
  alters?: QueryKey;
  onClose: () => void;
  /** What comes of it, before it is done. */
  children?: ReactNode;
}

/** An act that asks for a few words and nothing else: why it is done, or what shows it. */
export function WordsDialog(props: WordsDialogProps) {
  const { title, draft, asks, path, along, send, done, refused, alters, onClose, children } = props;
  const client = useQueryClient();
  const form = useDialogDraft(draft, '', onClose);
  const act = useMutation({
    mutationFn: () => write('POST', path, { ...along, [asks.name]: form.typed }),
    onSuccess: async () => {
      if (done) say(done);
      form.done();
      await client.invalidateQueries(alters ? { queryKey: alters } : {});
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    act.mutate();
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        {children}
        <DraftNote shown={form.restored} onDiscard={form.clear} />
        <Textarea
          label={asks.label}
          name={asks.name}
          withAsterisk
          required
          autosize
          minRows={2}
          data-autofocus
          value={form.typed}
          onChange={(typing) => form.setTyped(typing.currentTarget.value)}
        />
        {act.isError && <Reasons refusals={reasonsOf(act.error)} title={refused} />}
        <div className={styles.foot}>
          <Button type="submit" {...(send.isGrave ? { color: 'red' } : {})} loading={act.isPending}>
            {send.label}
          </Button>
          <Button variant="default" onClick={form.cancel}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
