// What is typed for the palette. Its code may still be on its way when its key is pressed: until its field has the focus, letters
// are taken from wherever they go, so that one types blind.
import { useEffect } from 'react';
import { createStore } from '../store.ts';

export const paletteText = createStore('');

export function usePaletteText(isOpen: boolean, onClose: () => void): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const handlePress = (press: KeyboardEvent) => {
      const isThere = press.target instanceof Element && press.target.closest('[role="dialog"]') !== null;
      if (isThere || press.ctrlKey || press.metaKey || press.isComposing) return;
      if (press.key === 'Escape') onClose();
      else if (press.key === 'Backspace') paletteText.set(Array.from(paletteText.get()).slice(0, -1).join(''));
      else if (Array.from(press.key).length === 1) paletteText.set(paletteText.get() + press.key);
      else return;
      press.preventDefault();
      press.stopPropagation();
    };
    document.addEventListener('keydown', handlePress, { capture: true });
    return () => {
      document.removeEventListener('keydown', handlePress, { capture: true });
      paletteText.set('');
    };
  }, [isOpen, onClose]);
}
