import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { newKey, reasonsOf, write } from '../../ui/api.ts';
import type { GateView } from '../../ui/contract.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DraftNote } from '../../ui/draft-note.tsx';
import { FileChoice } from '../../ui/files/file-choice.tsx';
import { useFilesPath } from '../../ui/files/record-files.ts';
import { useFileBefore } from '../../ui/files/use-file-before.ts';
import { say } from '../../ui/notice.tsx';
import { Reasons } from '../../ui/states.tsx';
import { useDialogDraft } from '../../ui/use-dialog-draft.ts';
import styles from './gate.module.css';

/** Gives a piece of evidence in one's own name: shown as attested for good, never as measured. */
export function AttestDialog({ gate, title: wanted, onClose }: { gate: GateView; title: string; onClose: () => void }) {
  const client = useQueryClient();
  const form = useDialogDraft(
    `attest.${gate.gate}.${gate.subject.id}.${wanted}`,
    { title: wanted, statement: '' },
    onClose,
  );
  const { title, statement } = form.typed;
  const [key, setKey] = useState(newKey);
  const files = useFilesPath(gate.subject);
  const [chosen, setChosen] = useState<File | null>(null);
  const fileBefore = useFileBefore(gate.subject);
  const attest = useMutation({
    mutationFn: async () => {
      const body = { gate: gate.gate, title, statement, ...(await fileBefore(chosen)) };
      return write('POST', `/records/${gate.subject.id}/attestations`, body, key);
    },
    onSuccess: async () => {
      say('Attested in your name.');
      form.done();
      await client.invalidateQueries();
    },
    onError: () => setKey(newKey()),
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    attest.mutate();
  };
  return (
    <Dialog onClose={onClose} title={`Attest for ${gate.gate}`}>
      <form className={styles.outcomes} onSubmit={handleSubmit} noValidate>
        <DraftNote shown={form.restored} onDiscard={form.clear} />
        <TextInput
          label="What"
          withAsterisk
          required
          maxLength={200}
          value={title}
          onChange={(typing) => form.setTyped({ title: typing.currentTarget.value, statement })}
        />
        <Textarea
          label="What you state"
          description="It stands with your name, your role and a hash. A later edit is a new statement."
          withAsterisk
          required
          autosize
          minRows={3}
          data-autofocus
          value={statement}
          onChange={(typing) => form.setTyped({ title, statement: typing.currentTarget.value })}
        />
        {files && <FileChoice chosen={chosen} onChoose={setChosen} disabled={attest.isPending} />}
        {attest.isError && <Reasons refusals={reasonsOf(attest.error)} title="Not attested" />}
        <div className={styles.counts}>
          <Button type="submit" loading={attest.isPending}>
            Attest
          </Button>
          <Button variant="default" onClick={form.cancel}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
