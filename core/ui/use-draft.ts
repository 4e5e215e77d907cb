import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

const prefix = 'servicewright.draft.';

function stored<T>(name: string): T | undefined {
  const text = sessionStorage.getItem(prefix + name);
  // Written by this hook under the same name, so of the same type.
  return text === null ? undefined : (JSON.parse(text) as T);
}

/** State that survives going back and forth and a reload, until it is cleared. */
export function useDraft<T>(name: string, initial: T): [T, Dispatch<SetStateAction<T>>, () => void] {
  const [value, setValue] = useState<T>(() => stored<T>(name) ?? initial);
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
