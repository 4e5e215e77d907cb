import { useMutation } from '@tanstack/react-query';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { Reasons } from '../../../core/ui/states.tsx';
import { inOurWords } from './access.ts';
import { OwnPasswordInput } from './own-password.tsx';
import { Foot } from './foot.tsx';
import styles from './access.module.css';

interface PasswordStepProps<T> {
  /** Where the sign-in does it, for the password. */
  path: string;
  /** What the button says. */
  act: string;
  /** What a refusal says above its reasons. */
  failed: string;
  onDone: (told: T) => void;
  onClose: () => void;
  /** What it does, and what it ends. */
  children: ReactNode;
}

/** An act on one's own sign-in that the password is asked for. */
export function PasswordStep<T>({ path, act, failed, onDone, onClose, children }: PasswordStepProps<T>) {
  const [password, setPassword] = useState('');
  const step = useMutation({ mutationFn: () => write<T>('POST', path, { password }), onSuccess: onDone });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    step.mutate();
  };
  return (
    <form className={styles.stack} onSubmit={handleSubmit} noValidate>
      {children}
      <OwnPasswordInput password={password} onPassword={setPassword} />
      {step.isError && <Reasons refusals={reasonsOf(step.error).map(inOurWords)} title={failed} />}
      <Foot act={act} waits={step.isPending} lacks={!password} onClose={onClose} />
    </form>
  );
}
