import { Modal } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useKeepFocus } from './use-keep-focus.ts';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  title: ReactNode;
  size?: 'md' | 'lg';
  /** Escape, the cross or a click beside it: what was typed is kept by whoever draws the form. */
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is drawn only while it is open; focus stays in it, and then goes back to where it was. */
export function Dialog({ title, size = 'md', onClose, children }: DialogProps) {
  const place = useRef<HTMLDivElement>(null);
  useReturnFocus();
  useKeepFocus(place);
  return (
    <Modal opened onClose={onClose} title={<strong>{title}</strong>} size={size} returnFocus={false}>
      <div ref={place} tabIndex={-1}>
        {children}
      </div>
    </Modal>
  );
}
