import { type RefObject, useEffect, useRef } from 'react';

const reached = 'button:not([disabled]), a[href], input:not([disabled]), [tabindex="0"]';

/**
 * Keeps focus in a place when what had it there goes away (a move's button after the move) or could not hold it for a
 * while (a button that was sending), instead of losing it to the page.
 */
export function useKeepFocus(place: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      last.current = target instanceof Element && place.current?.contains(target) ? target : null;
    };
    // Who points elsewhere wants to be elsewhere.
    const forget = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || !last.current?.contains(target)) last.current = null;
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget);
    };
  }, [place]);
  useEffect(() => {
    const at = last.current;
    if (!at || document.activeElement !== document.body || !place.current) return;
    if (at.isConnected) {
      if (at instanceof HTMLElement && !at.matches(':disabled')) at.focus();
      return;
    }
    last.current = null;
    (place.current.querySelector<HTMLElement>(reached) ?? place.current).focus();
  });
}
