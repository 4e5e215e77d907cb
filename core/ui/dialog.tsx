import { Modal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useKeepFocus } from './use-keep-focus.ts';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  title: ReactNode;
  size?: 'md' | 'lg';
  /** Escape, the cross or a click beside it: what was typed is kept by whoever draws the form. */
  onClose: () => void;
  children: ReactNode;
}

/** Ctrl+Enter sends what is typed, from whichever of its fields: Enter alone begins a line in most of them. */
function handleKey(press: KeyboardEvent) {
  if (press.key !== 'Enter' || !(press.ctrlKey || press.metaKey) || !(press.target instanceof Element)) return;
  const form = press.target.closest('form');
  if (!form) return;
  press.preventDefault();
  if (!form.querySelector('[type="submit"]:disabled, [type="submit"][data-loading]')) form.requestSubmit();
}

/** A dialog that is drawn only while it is open; focus stays in it, and then goes back to where it was. */
export function Dialog({ title, size = 'md', onClose, children }: DialogProps) {
  const place = useRef<HTMLDivElement>(null);
  useReturnFocus();
  useKeepFocus(place);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{title}</strong>}
      size={size}
      returnFocus={false}
      onKeyDown={handleKey}
    >
      <div ref={place} tabIndex={-1}>
        {children}
      </div>
    </Modal>
  );
}
