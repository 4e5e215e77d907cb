import { useEffect } from 'react';

const afterReading = 4_000;

/** Loads the inputs while the page is being read, so that editing goes on also when the server is gone by then. */
export function useEditorsReady(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const loaded = [import('../form/field-input.tsx'), import('../form/move-dialog.tsx')];
      // They are asked for again when they are wanted.
      void Promise.allSettled(loaded);
    }, afterReading);
    return () => clearTimeout(timer);
  }, []);
}
