import { useEffect, useState } from 'react';

/** True once `waiting` has held for some milliseconds: what comes sooner than that needs no skeleton. */
export function useLater(waiting: boolean, milliseconds = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting, milliseconds]);
  return waiting && late;
}
