import { useEffect } from 'react';
import { ApiRefusal } from '../api.ts';
import { useGo, usePathname } from '../go.tsx';

/** Sends a person who is not signed in to the sign-in page, and back afterwards. */
export function useSignInWhenNeeded(error: unknown) {
  const go = useGo();
  const path = usePathname();
  const needed = error instanceof ApiRefusal && error.status === 401;
  useEffect(() => {
    // The address is the sign-in page's already while that page is still loading.
    if (needed && path !== '/sign-in')
      go(`/sign-in?next=${encodeURIComponent(path + location.search)}`, { replace: true });
  }, [needed, go, path]);
}
