import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { OwnPasswordInput, useOwnPassword } from './own-password.tsx';
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
  const { password, onPassword, given, isAsked } = useOwnPassword();
  const make = useMutation({
    mutationFn: () => write<{ path: string }>('POST', path, given),
    onSuccess: () => client.invalidateQueries(),
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    make.mutate();
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
            {isAsked(make) && <OwnPasswordInput password={password} onPassword={onPassword} />}
            {make.isError && <Reasons refusals={reasonsOf(make.error)} title="No link was made" />}
            <Foot act="Make the link" waits={make.isPending} isFirst onClose={onClose} />
          </form>
        )}
      </div>
    </Dialog>
  );
}
