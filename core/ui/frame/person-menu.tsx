import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '../contract.ts';
import { PersonButton } from './person-button.tsx';
import styles from './frame.module.css';

const loadMenu = async () => (await import('./person-menu-open.tsx')).OpenPersonMenu;

/** Who is signed in. The menu is loaded when one goes for it: most pages are left without it. */
export function PersonMenu({ me }: { me: Me | undefined }) {
  const [isWanted, setWanted] = useState(false);
  const [isNear, setNear] = useState(false);
  const menu = useQuery({
    queryKey: ['part', 'person menu'],
    queryFn: loadMenu,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    enabled: isNear || isWanted,
  });
  if (!me) return <span className={styles.person} aria-hidden />;
  const { data: Opened } = menu;
  if (isWanted && Opened) return <Opened me={me} />;
  return (
    <PersonButton
      me={me}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      onClick={() => setWanted(true)}
    />
  );
}
