// How a person gets in, for themselves and the administrator of their side.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiRefusal, reasonsOf, write } from '../../../core/ui/api.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { Go } from '../../../core/ui/go.tsx';
import { useMe } from '../../../core/ui/queries.ts';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { Reasons, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { useAccess } from './access.ts';
import { KeyTable } from './key-table.tsx';
import { ToldOnce } from './told-once.tsx';
import styles from './access.module.css';

interface LinkProps {
  person: { id: string; title: string };
  signsIn: boolean;
  onClose: () => void;
}

/** Makes a one-time link; of somebody who has a password it says first what that ends. */
function LinkDialog({ person, signsIn, onClose }: LinkProps) {
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => write<{ path: string; expiresAt: string }>('POST', `/people/${person.id}/invitation`, {}),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Dialog title={`A link for ${person.title}`} onClose={onClose}>
      <div className={styles.stack}>
        {make.data ? (
          <>
            <p>
              This is told once, and works once. Give it to {person.title} yourself: whoever opens it is {person.title}{' '}
              from then on.
            </p>
            <ToldOnce what="Link" text={location.origin + make.data.path} onClose={onClose} />
          </>
        ) : (
          <>
            <p>
              {signsIn
                ? `With it ${person.title} sets a new password. Then the old one is worth nothing, the second factor is off, and all sessions and keys end. It works for a day.`
                : `With it ${person.title} sets a password and signs in. It works for a week.`}{' '}
              <span className="quiet">That you made it stands in the history of this page.</span>
            </p>
            {make.isError && <Reasons refusals={reasonsOf(make.error)} title="No link was made" />}
            <div className={styles.foot}>
              <Button data-autofocus loading={make.isPending} onClick={() => make.mutate()}>
                Make the link
              </Button>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

export function Panel({ read: { record } }: PanelProps) {
  const access = useAccess(record.id);
  const me = useMe();
  const [isLinking, setLinking] = useState(false);
  if (access.isPending) return <Waiting what="Loading how they sign in" lines={2} />;
  if (access.error instanceof ApiRefusal && access.error.status === 403)
    return <p className="quiet small">The administrator of their own side sees how they sign in.</p>;
  if (access.isError) return <RefusedPlace error={access.error} again={() => access.refetch()} />;
  const { signsIn, mayLetIn, items } = access.data;
  const isMine = me.data?.person.id === record.id;
  return (
    <div className={styles.panel}>
      <p>{signsIn ? 'Has a password.' : 'Has no password yet.'}</p>
      {mayLetIn && record.state !== 'left' && (
        <div className={styles.foot}>
          <Button variant="default" onClick={() => setLinking(true)}>
            {signsIn ? 'Forgotten password or second factor' : 'Make a link to sign in'}
          </Button>
        </div>
      )}
      {items.length > 0 ? (
        <KeyTable keys={items} label="Keys" />
      ) : (
        <p className="quiet small">No program acts as them.</p>
      )}
      {isMine && <Go to="/keys">Your keys</Go>}
      {isLinking && <LinkDialog person={record} signsIn={signsIn} onClose={() => setLinking(false)} />}
    </div>
  );
}
