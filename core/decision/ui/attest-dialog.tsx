import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { newKey, reasonsOf, write } from '../../ui/api.ts';
import type { GateView } from '../../ui/contract.ts';
import { say } from '../../ui/notice.tsx';
import { Reasons } from '../../ui/states.tsx';
import styles from './gate.module.css';

/** Gives a piece of evidence in one's own name: shown as attested for good, never as measured. */
export function AttestDialog({ gate, title: wanted, onClose }: { gate: GateView; title: string; onClose: () => void }) {
  const client = useQueryClient();
  const [title, setTitle] = useState(wanted);
  const [statement, setStatement] = useState('');
  const [key, setKey] = useState(newKey);
  const attest = useMutation({
    mutationFn: () =>
      write('POST', `/records/${gate.subject.id}/attestations`, { gate: gate.gate, title, statement }, key),
    onSuccess: async () => {
      say('Attested in your name.');
      onClose();
      await client.invalidateQueries();
    },
    onError: () => setKey(newKey()),
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    attest.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Attest for {gate.gate}</strong>}>
      <form className={styles.outcomes} onSubmit={handleSubmit} noValidate>
        <TextInput
          label="What"
          withAsterisk
          required
          maxLength={200}
          value={title}
          onChange={(typing) => setTitle(typing.currentTarget.value)}
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
          onChange={(typing) => setStatement(typing.currentTarget.value)}
        />
        {attest.isError && <Reasons refusals={reasonsOf(attest.error)} title="Not attested" />}
        <div className={styles.counts}>
          <Button type="submit" loading={attest.isPending}>
            Attest
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
