import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  title: ReactNode;
  size?: 'md' | 'lg';
  /** Escape, the cross or a click beside it: what was typed is kept by whoever draws the form. */
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is drawn only while it is open; focus goes back to where it was. */
export function Dialog({ title, size = 'md', onClose, children }: DialogProps) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={<strong>{title}</strong>} size={size} returnFocus={false}>
      {children}
    </Modal>
  );
}
