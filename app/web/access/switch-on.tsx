import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { inOurWords, keysKey } from './access.ts';
import { PasswordStep } from './password-step.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { Foot } from './foot.tsx';
import styles from './access.module.css';

// Drawn for the few moments in which somebody switches it on.
const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }));

interface Begun {
  /** What the authenticator is given (otpauth). */
  totpURI: string;
  backupCodes: string[];
}

/** Password, then the authenticator and its first code, then the recovery codes. */
export function SwitchOn({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [begun, setBegun] = useState<Begun>();
  const [isOn, setOn] = useState(false);
  const handleOn = async () => {
    setOn(true);
    await client.invalidateQueries({ queryKey: keysKey });
  };
  if (begun && isOn)
    return (
      <Dialog title="The second factor is on" onClose={onClose}>
        <RecoveryCodes codes={begun.backupCodes} onClose={onClose} />
      </Dialog>
    );
  return (
    <Dialog title="Switch a second factor on" onClose={onClose}>
      {begun ? (
        <Authenticator uri={begun.totpURI} onOn={handleOn} onClose={onClose} />
      ) : (
        <PasswordStep<Begun>
          path="/auth/two-factor/enable"
          act="Go on"
          failed="Not switched on"
          onDone={setBegun}
          onClose={onClose}
        >
          <p>
            You need an authenticator: an app on your phone, or a password manager that shows codes. Every key of yours
            ends now; make them anew afterwards.
          </p>
        </PasswordStep>
      )}
    </Dialog>
  );
}

/** In groups of four, as it is typed from a screen. */
const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

interface AuthenticatorProps {
  uri: string;
  onOn: () => void;
  onClose: () => void;
}

function Authenticator({ uri, onOn, onClose }: AuthenticatorProps) {
  const [code, setCode] = useState('');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const verify = useMutation({
    mutationFn: () => write('POST', '/auth/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') }),
    onSuccess: onOn,
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    verify.mutate();
  };
  return (
    <form className={styles.stack} onSubmit={handleSubmit} noValidate>
      <p>Let your authenticator read this picture, or type the secret below it.</p>
      <div className={styles.qr}>
        <Suspense fallback={null}>
          <QrCode text={uri} name="Picture for the authenticator" />
        </Suspense>
      </div>
      <code className={styles.once} aria-label="Secret">
        {inGroups(secret)}
      </code>
      <a href={uri}>Open it in an authenticator on this device</a>
      <TextInput
        label="Code that it shows"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        data-autofocus
        autoFocus
        withAsterisk
        value={code}
        onChange={(typing) => setCode(typing.currentTarget.value)}
      />
      {verify.isError && <Reasons refusals={reasonsOf(verify.error).map(inOurWords)} title="Not switched on" />}
      <Foot act="Switch it on" waits={verify.isPending} lacks={!code.trim()} onClose={onClose} />
    </form>
  );
}
