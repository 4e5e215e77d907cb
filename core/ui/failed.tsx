import { useEffect } from 'react';
import { checkReachable, onReturn, reachable } from './connection.ts';
import { RefusedPlace } from './states.tsx';

// A part of the program that was not loaded yet when the server went is asked for anew with the whole page: drafts survive that.
const reload = () => location.reload();

/** A page that failed: with its reason, a way to try again, and by itself when it failed for want of the server. */
export function Failed({ error }: { error: unknown }) {
  useEffect(() => {
    checkReachable();
    return onReturn(reload);
  }, []);
  return <RefusedPlace error={reachable.get() ? error : new Error('The server cannot be reached.')} again={reload} />;
}
