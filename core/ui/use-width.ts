import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width in pixels a place has now, for pictures that are drawn to measure. */
export function useWidth(fallback = 800): [RefObject<HTMLDivElement | null>, number] {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(fallback);
  useEffect(() => {
    if (!place.current) return undefined;
    const watcher = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return [place, width];
}
