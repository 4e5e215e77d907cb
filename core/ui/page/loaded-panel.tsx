import { useQuery } from '@tanstack/react-query';
import { Failed } from '../failed.tsx';
import type { Panel, PanelProps } from '../registry.ts';
import { Waiting } from '../states.tsx';

/** A panel of a stage's own, loaded when it is first shown. */
export function LoadedPanel({ panel, ...props }: PanelProps & { panel: Panel }) {
  const module = useQuery({
    queryKey: ['panel', panel.title, props.read.record.type],
    queryFn: () => panel.load(),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  if (module.isPending) return <Waiting lines={3} />;
  if (module.isError) return <Failed error={module.error} />;
  const { Panel: Drawn } = module.data;
  return <Drawn {...props} />;
}
