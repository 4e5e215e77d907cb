import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { keysKey, scopes } from './access.ts';
import { failuresOf, given, OwnPassword } from './own-password.tsx';
import type { GivenPassword } from './own-password.tsx';
import { ToldOnce } from './told-once.tsx';
import { Foot } from './foot.tsx';
import styles from './access.module.css';

/** Makes a key of one's own. */
export function MakeKey({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [may, setMay] = useState<readonly string[]>(['read']);
  const [until, setUntil] = useState('');
  const [password, setPassword] = useState('');
  const make = useMutation({
    mutationFn: (own: GivenPassword) =>
      write<{ key: string }>('POST', '/keys', {
        name,
        scopes: may,
        ...(until ? { expiresAt: new Date(`${until}T23:59:59`).toISOString() } : {}),
        ...own,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
  const reasons = failuresOf(make);
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    make.mutate(given(password));
  };
  if (make.data)
    return (
      <Dialog title={`The key “${name}”`} onClose={onClose}>
        <div className={styles.stack}>
          <p>This is told once. Whoever has it acts as you: keep it as you keep a password.</p>
          <ToldOnce what="Key" text={make.data.key} onClose={onClose} />
        </div>
      </Dialog>
    );
  return (
    <Dialog title="Make a key" onClose={onClose}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <TextInput
          label="What it is for"
          name="name"
          data-autofocus
          withAsterisk
          required
          maxLength={100}
          value={name}
          onChange={(typing) => setName(typing.currentTarget.value)}
        />
        <Checkbox.Group label="What it may" value={[...may]} onChange={setMay}>
          <div className={styles.stack}>
            {scopes.map(({ scope, label, help }) => (
              <Checkbox key={scope} value={scope} label={label} description={help} />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          label="Last day"
          name="until"
          type="date"
          description="Without one it ends when it is revoked, or your password changes."
          value={until}
          onChange={(typing) => setUntil(typing.currentTarget.value)}
        />
        <OwnPassword tried={make} password={password} onPassword={setPassword} />
        {reasons.length > 0 && <Reasons refusals={reasons} title="Not made" />}
        <Foot act="Make it" waits={make.isPending} lacks={!name.trim() || may.length === 0} onClose={onClose} />
      </form>
    </Dialog>
  );
}
