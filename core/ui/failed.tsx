import { useIsMutating } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { checkReachable, onReturn, reachable } from './connection.ts';
import { RefusedPlace } from './states.tsx';
import { useStore } from './store.ts';

const reload = () => location.reload();

/**
 * A page, or a part of one, that failed: with its reason and a way to try again. What failed for want of the server comes by
 * itself: a browser asks for a missing part of the program only once, so the whole page is loaded anew, after what waits was
 * sent; drafts survive that.
 */
export function Failed({ error }: { error: unknown }) {
  const alive = useStore(reachable);
  const waiting = useIsMutating({ mutationKey: ['edit'] });
  const [returned, setReturned] = useState(false);
  useEffect(() => {
    checkReachable();
    return onReturn(() => setReturned(true));
  }, []);
  useEffect(() => {
    if (returned && waiting === 0) reload();
  }, [returned, waiting]);
  return <RefusedPlace error={alive ? error : new Error('The server cannot be reached.')} again={reload} />;
}
