import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { Failed } from './failed.tsx';
import { Waiting } from './states.tsx';

/**
 * A part of a page that is loaded when it is first shown. Where the server is gone by then it says so in its place, and
 * comes by itself; the page around it stays.
 */
export function loadedPart<P extends object>(name: string, load: () => Promise<ComponentType<P>>) {
  return function LoadedPart(props: P) {
    const part = useQuery({
      queryKey: ['part', name],
      queryFn: load,
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
      retry: false,
    });
    if (part.isPending) return <Waiting lines={3} />;
    if (!part.data) return <Failed error={part.error} />;
    const { data: Drawn } = part;
    return <Drawn {...props} />;
  };
}
