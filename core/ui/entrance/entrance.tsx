import { type ReactNode, useRef } from 'react';
import { Notice } from '../notice.tsx';
import { useKeepFocus } from '../use-keep-focus.ts';
import styles from './entrance.module.css';

/** The page around signing in and the first link: nothing but one form. */
export function Entrance({ title, sentence, children }: { title: string; sentence: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useKeepFocus(place);
  return (
    <main className={styles.page}>
      <div className={styles.box} ref={place}>
        <svg width="28" height="28" viewBox="0 0 16 16" aria-hidden>
          <path d="M8 .8 15.2 8 8 15.2.8 8Z" fill="var(--sw-accent)" />
          <path d="M8 4.4 11.6 8 8 11.6 4.4 8Z" fill="none" stroke="var(--sw-ground)" strokeWidth="1.5" />
        </svg>
        <h1>{title}</h1>
        <p className="quiet">{sentence}</p>
        {children}
      </div>
      <Notice />
    </main>
  );
}
