import { useEffect } from 'react';

/** The browser tab's title while a page stands. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · Servicewright` : 'Servicewright';
  }, [title]);
}
