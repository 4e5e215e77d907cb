import { useEffect } from 'react';

const afterReading = 4_000;

/** Loads inputs and tabs while the page is being read, so that it goes on also when the server is gone by then. */
export function useEditorsReady(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const loaded = [
        import('../form/field-input.tsx'),
        import('../form/move-dialog.tsx'),
        import('./checklist-panel.tsx'),
        import('./decisions-panel.tsx'),
        import('./history-panel.tsx'),
      ];
      // They are asked for again when they are wanted.
      void Promise.allSettled(loaded);
    }, afterReading);
    return () => clearTimeout(timer);
  }, []);
}
