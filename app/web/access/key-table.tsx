import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { say } from '../../../core/ui/notice.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { When } from '../../../core/ui/when.tsx';
import { isOpen, keysKey, scopeWords } from './access.ts';
import type { KeyShown } from './access.ts';
import styles from './access.module.css';

/** Ends a key after one more look: what uses it stops at once. */
function RevokeDialog({ of, onClose }: { of: KeyShown; onClose: () => void }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => write('POST', `/keys/${of.id}/revoke`, {}),
    onSuccess: async () => {
      say(`The key “${of.name}” is revoked.`);
      onClose();
      await client.invalidateQueries({ queryKey: keysKey });
    },
  });
  return (
    <Dialog title={`Revoke “${of.name}”`} onClose={onClose}>
      <div className={styles.stack}>
        <p>Whatever uses this key stops at once, with all keys that it made. It cannot be taken back.</p>
        {revoke.isError && <Reasons refusals={reasonsOf(revoke.error)} title="Not revoked" />}
        <div className={styles.foot}>
          <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Ends({ of }: { of: KeyShown }) {
  if (of.revokedAt)
    return (
      <>
        revoked <When at={of.revokedAt} />
      </>
    );
  return of.expiresAt ? <When at={of.expiresAt} as="instant" /> : <>when it is revoked</>;
}

/** API keys, the newest first; those that ended stay to be seen. */
export function KeyTable({ keys, label }: { keys: readonly KeyShown[]; label: string }) {
  const [revoking, setRevoking] = useState<KeyShown | null>(null);
  const [now] = useState(() => Date.now());
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">May</th>
            <th scope="col">Made</th>
            <th scope="col">Ends</th>
            <th scope="col" aria-label="Revoke" />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} data-ended={!isOpen(key, now)}>
              <td>
                {key.name}
                <div className="quiet small">{key.prefix}…</div>
              </td>
              <td>{scopeWords(key.scopes)}</td>
              <td>
                <When at={key.createdAt} />
              </td>
              <td>
                <Ends of={key} />
              </td>
              <td>
                {isOpen(key, now) && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    aria-label={`Revoke ${key.name}`}
                    onClick={() => setRevoking(key)}
                  >
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {revoking && <RevokeDialog of={revoking} onClose={() => setRevoking(null)} />}
    </div>
  );
}
