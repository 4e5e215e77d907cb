// What a person sets for this browser: row height and a folded navigation.
import { useEffect } from 'react';
import { createStore, useStore } from './store.ts';

function remembered(name: string, fallback: boolean) {
  const key = `servicewright.${name}`;
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
  const store = createStore(stored === null ? fallback : stored === 'yes');
  const set = (value: boolean) => {
    localStorage.setItem(key, value ? 'yes' : 'no');
    store.set(value);
  };
  return { ...store, set };
}

export const relaxedRows = remembered('relaxed-rows', false);
export const foldedNavigation = remembered('folded-navigation', false);

/** Row height in pixels for lists, and the same as a token for everything in rows. */
export function useRowHeight(): number {
  const height = useStore(relaxedRows) ? 40 : 32;
  useEffect(() => document.documentElement.style.setProperty('--sw-row', `${height}px`), [height]);
  return height;
}
