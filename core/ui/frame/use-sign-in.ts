import { useEffect } from 'react';
import { ApiRefusal } from '../api.ts';
import { useGo, usePathname } from '../go.tsx';

/** Sends a person who is not signed in to the sign-in page, and back afterwards. */
export function useSignInWhenNeeded(error: unknown) {
  const go = useGo();
  const path = usePathname();
  const needed = error instanceof ApiRefusal && error.status === 401;
  useEffect(() => {
    if (needed) go(`/sign-in?next=${encodeURIComponent(path)}`, { replace: true });
  }, [needed, go, path]);
}
