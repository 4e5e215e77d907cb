import { PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { say } from '../../../core/ui/notice.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { inOurWords, keysKey } from './access.ts';
import { Foot } from './foot.tsx';
import styles from './access.module.css';

const fewest = 12;

/** A new password for the old one; what the old one opened elsewhere ends with it. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => write('POST', '/auth/change-password', { currentPassword, newPassword }),
    onSuccess: async () => {
      say('Your password is changed. Your other sessions and your keys have ended.');
      onClose();
      await client.invalidateQueries({ queryKey: keysKey });
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    change.mutate();
  };
  const shown = { 'aria-label': 'Show the password' };
  return (
    <Dialog title="Change your password" onClose={onClose}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <p>Your other sessions and every key of yours end with the old one.</p>
        <PasswordInput
          label="Password until now"
          name="current"
          autoComplete="current-password"
          data-autofocus
          withAsterisk
          value={currentPassword}
          onChange={(typing) => setCurrent(typing.currentTarget.value)}
          visibilityToggleButtonProps={shown}
        />
        <PasswordInput
          label="New password"
          name="new"
          autoComplete="new-password"
          description={`${fewest} characters or more.`}
          withAsterisk
          value={newPassword}
          onChange={(typing) => setNew(typing.currentTarget.value)}
          visibilityToggleButtonProps={shown}
        />
        {change.isError && <Reasons refusals={reasonsOf(change.error).map(inOurWords)} title="Not changed" />}
        <Foot
          act="Change it"
          waits={change.isPending}
          lacks={!currentPassword || newPassword.length < fewest}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
