import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { failuresOf, given, OwnPassword } from './own-password.tsx';
import type { GivenPassword } from './own-password.tsx';
import { ToldOnce } from './told-once.tsx';
import { Foot } from './foot.tsx';
import styles from './access.module.css';

interface LinkDialogProps {
  /** Who is let in by it. */
  who: string;
  path: string;
  onClose: () => void;
  /** What it does, and what it ends. */
  children: ReactNode;
}

/** Makes a one-time link, after saying what that does. */
export function LinkDialog({ who, path, onClose, children }: LinkDialogProps) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const make = useMutation({
    mutationFn: (own: GivenPassword) => write<{ path: string }>('POST', path, own),
    onSuccess: () => client.invalidateQueries(),
  });
  const reasons = failuresOf(make);
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    make.mutate(given(password));
  };
  return (
    <Dialog title={`A link for ${who}`} onClose={onClose}>
      <div className={styles.stack}>
        {make.data ? (
          <>
            <p>
              This is told once, and works once. Give it to {who} yourself: whoever opens it acts in that name from then
              on.
            </p>
            <ToldOnce what="Link" text={location.origin + make.data.path} onClose={onClose} />
          </>
        ) : (
          <form className={styles.stack} onSubmit={handleSubmit} noValidate>
            <p>
              {children} <span className="quiet">That you made it stands in the history of this page.</span>
            </p>
            <OwnPassword tried={make} password={password} onPassword={setPassword} />
            {reasons.length > 0 && <Reasons refusals={reasons} title="No link was made" />}
            <Foot act="Make the link" waits={make.isPending} isFirst onClose={onClose} />
          </form>
        )}
      </div>
    </Dialog>
  );
}
