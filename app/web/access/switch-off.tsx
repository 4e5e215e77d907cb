import { useQueryClient } from '@tanstack/react-query';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { say } from '../../../core/ui/notice.tsx';
import { keysKey } from './access.ts';
import { PasswordStep } from './password-step.tsx';

export function SwitchOff({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const handleDone = async () => {
    say('The second factor is off. Your keys have ended.');
    onClose();
    await client.invalidateQueries({ queryKey: keysKey });
  };
  return (
    <Dialog title="Switch the second factor off" onClose={onClose}>
      <PasswordStep
        path="/auth/two-factor/disable"
        act="Switch it off"
        failed="Still on"
        onDone={handleDone}
        onClose={onClose}
      >
        <p>Then the password alone lets in. Every key of yours ends, and the recovery codes are worth nothing.</p>
      </PasswordStep>
    </Dialog>
  );
}
