import { useState } from 'react';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { PasswordStep } from './password-step.tsx';
import { ToldOnce } from './told-once.tsx';
import styles from './access.module.css';

/** What lets in once each when the authenticator is lost. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <div className={styles.stack}>
      <p>
        When you have not got your authenticator, each of these lets you in once, instead of its code. They are told now
        and never again: keep them where the phone is not.
      </p>
      <ToldOnce what="Recovery codes" text={codes.join('\n')} onClose={onClose} />
      <p className="quiet small">
        Without authenticator and codes, the administrator of your own side gives you a new link to sign in.
      </p>
    </div>
  );
}

export function NewRecoveryCodes({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <Dialog title={codes ? 'Your new recovery codes' : 'New recovery codes'} onClose={onClose}>
      {codes ? (
        <RecoveryCodes codes={codes} onClose={onClose} />
      ) : (
        <PasswordStep<{ backupCodes: string[] }>
          path="/auth/two-factor/generate-backup-codes"
          act="Make new ones"
          failed="Not made"
          onDone={({ backupCodes }) => setCodes(backupCodes)}
          onClose={onClose}
        >
          <p>The ones you have are worth nothing from then on.</p>
        </PasswordStep>
      )}
    </Dialog>
  );
}
