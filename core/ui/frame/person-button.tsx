import { UnstyledButton } from '@mantine/core';
import type { ComponentProps } from 'react';
import type { Me } from '../contract.ts';
import styles from './frame.module.css';

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** The letters of who is signed in; what a menu sets on its target is passed on. */
export function PersonButton({ me, ...rest }: { me: Me } & ComponentProps<'button'>) {
  return (
    <UnstyledButton {...rest} className={styles.person} aria-label={`${me.person.name}: your account`}>
      {initials(me.person.name)}
    </UnstyledButton>
  );
}
