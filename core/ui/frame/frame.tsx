import { useIsFetching } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { usePathname } from '../go.tsx';
import { useKeys } from '../keys.ts';
import { useLive } from '../live.ts';
import { Notice } from '../notice.tsx';
import { foldedNavigation, useRowHeight } from '../preferences.ts';
import { usePaletteText } from '../palette/typed-ahead.ts';
import { useMe } from '../queries.ts';
import { useStore } from '../store.ts';
import { Banners } from './banners.tsx';
import styles from './frame.module.css';
import { Head } from './head.tsx';
import { Navigation } from './navigation.tsx';
import { useSignInWhenNeeded } from './use-sign-in.ts';

const Palette = lazy(() => import('../palette/palette.tsx').then((module) => ({ default: module.Palette })));
const KeysOverlay = lazy(() => import('./keys-overlay.tsx').then((module) => ({ default: module.KeysOverlay })));

/** After going to another page the reader's place is its main part, not the link that was pressed. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = usePathname();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else if (path) main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function Progress() {
  const busy = useIsFetching() > 0;
  return <div className={styles.progress} data-busy={busy} aria-hidden />;
}

/** Header, navigation, banners and the place for a page. */
export function Frame({ children }: { children: ReactNode }) {
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const main = useFocusOnArrival();
  const folded = useStore(foldedNavigation);
  const me = useMe();
  const closePalette = useCallback(() => setPalette(false), []);
  usePaletteText(palette, closePalette);
  useRowHeight();
  useLive(me.isSuccess);
  useSignInWhenNeeded(me.error);
  useKeys([
    { key: 'mod+k', label: 'Search or do anything', always: true, run: () => setPalette(true) },
    { key: '/', label: 'Search', run: () => setPalette(true) },
    { key: '?', label: 'Show the keys of this page', run: () => setKeys(true) },
  ]);
  return (
    <div className={styles.frame} data-folded={folded}>
      <a href="#main" className={styles.skip}>
        Skip to the page
      </a>
      <Head me={me.data} onSearch={() => setPalette(true)} onKeys={() => setKeys(true)} />
      <Navigation onSearch={() => setPalette(true)} />
      <div className={styles.body}>
        <Progress />
        <Banners me={me.data} />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
      <Notice />
      <Suspense>
        {palette && <Palette onClose={closePalette} />}
        {keys && <KeysOverlay onClose={() => setKeys(false)} />}
      </Suspense>
    </div>
  );
}
