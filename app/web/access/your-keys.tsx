// How the person who is signed in signs in, and the keys by which programs act in that name.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { drafts } from '../../../core/ui/drafts.ts';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { EmptyPlace, Reasons, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { useOwnKeys } from './access.ts';
import { ChangePassword } from './change-password.tsx';
import { KeyTable } from './key-table.tsx';
import { MakeKey } from './make-key.tsx';
import { SecondFactor } from './second-factor.tsx';
import styles from './access.module.css';

/** Ends every session and every key: for whoever left a screen open somewhere, or fears that somebody has a key. */
function Everywhere() {
  const [isChanging, setChanging] = useState(false);
  const end = useMutation({
    mutationFn: () => write('POST', '/auth/revoke-sessions', {}),
    onSuccess: () => {
      drafts.dropAll();
      location.assign('/sign-in');
    },
  });
  return (
    <section className={styles.panel} aria-labelledby="password-and-sessions">
      <h2 id="password-and-sessions">Password and sessions</h2>
      <p>Signing out everywhere ends all your sessions, this one too, and every key. So does a new password.</p>
      {end.isError && <Reasons refusals={reasonsOf(end.error)} title="Not signed out" />}
      <div className={styles.foot}>
        <Button variant="default" onClick={() => setChanging(true)}>
          Change your password
        </Button>
        <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          Sign out everywhere
        </Button>
      </div>
      {isChanging && <ChangePassword onClose={() => setChanging(false)} />}
    </section>
  );
}

export function YourKeys() {
  usePageTitle('Sign-in and keys');
  const keys = useOwnKeys();
  const [isMaking, setMaking] = useState(false);
  return (
    <div className={styles.page}>
      <h1>Sign-in and keys</h1>
      <div className={styles.head}>
        <h2>Keys</h2>
        <Button onClick={() => setMaking(true)}>Make a key</Button>
      </div>
      {keys.isPending && <Waiting what="Loading your keys" lines={3} />}
      {keys.isError && <RefusedPlace error={keys.error} again={() => keys.refetch()} />}
      {keys.data?.items.length === 0 && (
        <EmptyPlace sentence="No program acts as you. A key lets one call the API in your name, with what you allow it." />
      )}
      {(keys.data?.items.length ?? 0) > 0 && <KeyTable keys={keys.data?.items ?? []} label="Your keys" />}
      <SecondFactor />
      <Everywhere />
      {isMaking && <MakeKey onClose={() => setMaking(false)} />}
    </div>
  );
}
