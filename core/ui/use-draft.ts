import { type Dispatch, type SetStateAction, useState, useSyncExternalStore } from 'react';
import { drafts } from './drafts.ts';

const isUpdater = <T>(next: SetStateAction<T>): next is (before: T) => T => typeof next === 'function';

interface DraftTools {
  clear: () => void;
  /** It was typed before this place was opened: say so. */
  restored: boolean;
}

/** State that survives going back and forth and a reload, until it is cleared. What equals `initial` is no draft. */
export function useDraft<T>(name: string, initial: T): [T, Dispatch<SetStateAction<T>>, DraftTools] {
  // What is stored was written by this hook under the same name, so it is of the same type.
  const stored = () => drafts.read(name) as T | undefined;
  const kept = useSyncExternalStore(drafts.subscribe, stored);
  const [found, setFound] = useState(() => stored() !== undefined);
  const set = (next: SetStateAction<T>) => {
    const value = isUpdater(next) ? next(stored() ?? initial) : next;
    if (JSON.stringify(value) === JSON.stringify(initial)) drafts.drop(name);
    else drafts.keep(name, value);
  };
  const clear = () => {
    setFound(false);
    drafts.drop(name);
  };
  return [kept ?? initial, set, { clear, restored: found && kept !== undefined }];
}
