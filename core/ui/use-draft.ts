import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

const prefix = 'servicewright.draft.';

function stored(name: string): unknown {
  const text = sessionStorage.getItem(prefix + name);
  return text === null ? undefined : JSON.parse(text);
}

/** State that survives going back and forth and a reload, until it is cleared. */
export function useDraft<T>(name: string, initial: T): [T, Dispatch<SetStateAction<T>>, () => void] {
  // What is stored was written by this hook under the same name, so it is of the same type.
  const [value, setValue] = useState<T>(() => (stored(name) as T | undefined) ?? initial);
  const [untouched] = useState(() => JSON.stringify(initial));
  useEffect(() => {
    const text = JSON.stringify(value);
    if (text === untouched) sessionStorage.removeItem(prefix + name);
    else sessionStorage.setItem(prefix + name, text);
  }, [name, value, untouched]);
  const clear = () => {
    setValue(initial);
    sessionStorage.removeItem(prefix + name);
  };
  return [value, setValue, clear];
}
