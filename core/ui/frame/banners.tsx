import { IconFlask, IconHistory, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useIsMutating } from '@tanstack/react-query';
import { useEffect } from 'react';
import { reachable } from '../connection.ts';
import type { Me } from '../contract.ts';
import { formatInstant } from '../format.ts';
import { useSearch } from '../go.tsx';
import { useStore } from '../store.ts';
import styles from './frame.module.css';

/** Edits on their way; a page that is left while they wait for a server that is gone asks first. */
function useWaiting(alive: boolean): number {
  const waiting = useIsMutating({ mutationKey: ['edit'] });
  useEffect(() => {
    if (waiting === 0 || alive) return undefined;
    const ask = (leaving: BeforeUnloadEvent) => leaving.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [waiting, alive]);
  return waiting;
}

/** What is true of the whole page: the server is gone, this provider is an example, one's organisation has ended, this is how it was. */
export function Banners({ me }: { me: Me | undefined }) {
  const alive = useStore(reachable);
  const waiting = useWaiting(alive);
  const [search, edit] = useSearch();
  const asOf = search.get('asOf');
  return (
    <div role="status">
      {!alive && (
        <p className={styles.banner} data-tone="bad">
          <IconPlugConnectedX size={16} aria-hidden />
          <span>
            The server cannot be reached. You can go on reading and writing; nothing is saved until it answers.{' '}
            {waiting > 0 && <strong>{waiting === 1 ? '1 edit waits' : `${waiting} edits wait`} to be sent. </strong>}
            Asking again every three seconds.
          </span>
        </p>
      )}
      {me?.provider.example && (
        <p className={styles.banner}>
          <IconFlask size={16} aria-hidden />
          {me.provider.name.replace(/^Example: /, '')} is an example. Its clock stands at{' '}
          {formatInstant(me.provider.now)}.
        </p>
      )}
      {me?.ended && (
        <p className={styles.banner} data-tone="attention">
          <IconLock size={16} aria-hidden />
          Your organisation has ended here: you read what was its own, and nothing can be edited.
        </p>
      )}
      {asOf && (
        <p className={styles.banner} data-tone="attention">
          <IconHistory size={16} aria-hidden />
          As of {formatInstant(asOf)}: nothing here can be edited.
          <Button variant="default" size="compact-xs" onClick={() => edit({ asOf: null }, { push: true })}>
            Back to now
          </Button>
        </p>
      )}
    </div>
  );
}
