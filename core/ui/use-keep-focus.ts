import { type RefObject, useEffect, useRef } from 'react';

const reached = 'button:not([disabled]), a[href], input:not([disabled]), [tabindex="0"]';

/** Keeps focus in a place when what had it there goes away (a move's button after the move), instead of losing it to the page. */
export function useKeepFocus(place: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const within = place.current;
    const remember = (event: FocusEvent) => {
      last.current = event.target instanceof Element ? event.target : null;
    };
    within?.addEventListener('focusin', remember);
    return () => within?.removeEventListener('focusin', remember);
  }, [place]);
  useEffect(() => {
    const isLost = last.current !== null && !last.current.isConnected && document.activeElement === document.body;
    if (!isLost || !place.current) return;
    last.current = null;
    (place.current.querySelector<HTMLElement>(reached) ?? place.current).focus();
  });
}
