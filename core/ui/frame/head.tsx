import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { useIsMutating } from '@tanstack/react-query';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import type { Me } from '../contract.ts';
import { Go } from '../go.tsx';
import { useStore } from '../store.ts';
import { reachable } from '../connection.ts';
import { ToneWord } from '../tone.tsx';
import styles from './frame.module.css';
import { PersonMenu } from './person-menu.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';

export const modName = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

function Saving() {
  const saving = useIsMutating() > 0;
  const alive = useStore(reachable);
  if (!alive) return <ToneWord tone="bad" word="Not connected" />;
  return saving ? <ToneWord tone="running" word="Saving" /> : null;
}

export function Head({ me, onSearch, onKeys }: { me: Me | undefined; onSearch: () => void; onKeys: () => void }) {
  return (
    <header className={styles.head}>
      <Go to="/" className={styles.brand} aria-label="Servicewright, start page">
        <svg width="18" height="18" viewBox="0 0 16 16" aria-hidden>
          <path d="M8 .8 15.2 8 8 15.2.8 8Z" fill="var(--sw-accent)" />
          <path d="M8 4.4 11.6 8 8 11.6 4.4 8Z" fill="none" stroke="var(--sw-ground)" strokeWidth="1.5" />
        </svg>
        <span className={styles.name}>Servicewright</span>
      </Go>
      <UnstyledButton className={styles.search} onClick={onSearch} aria-label="Search or do anything">
        <IconSearch size={14} aria-hidden />
        <span className={styles.searchWords}>Search or do anything …</span>
        <kbd aria-hidden>{modName} K</kbd>
      </UnstyledButton>
      <div className={styles.tools}>
        <Saving />
        <Tooltip label="Keys of this page (?)">
          <ActionIcon aria-label="Keys of this page" onClick={onKeys} className={styles.wideOnly}>
            <IconKeyboard size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <SchemeSwitch />
        <PersonMenu me={me} />
      </div>
    </header>
  );
}
