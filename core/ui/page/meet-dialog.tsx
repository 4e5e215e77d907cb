import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import type { Condition } from '../contract.ts';
import { say } from '../notice.tsx';
import { Reasons } from '../states.tsx';
import styles from './page.module.css';

/** Records that a condition of a decision is met, with what shows it. */
export function MeetDialog({ condition, onClose }: { condition: Condition; onClose: () => void }) {
  const client = useQueryClient();
  const [evidence, setEvidence] = useState('');
  const meet = useMutation({
    mutationFn: () => write('POST', `/conditions/${condition.id}/met`, { evidence }),
    onSuccess: async () => {
      say('The condition is met.');
      onClose();
      await client.invalidateQueries();
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    meet.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={<strong>{condition.text}</strong>}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <Textarea
          label="What shows that it is met"
          name="evidence"
          withAsterisk
          required
          autosize
          minRows={3}
          data-autofocus
          value={evidence}
          onChange={(typing) => setEvidence(typing.currentTarget.value)}
        />
        {meet.isError && <Reasons refusals={reasonsOf(meet.error)} title="Not recorded" />}
        <div className={styles.editingFoot}>
          <Button type="submit" loading={meet.isPending}>
            Mark as met
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
