import type { PanelProps } from '../../../core/ui/registry.ts';
import { Matrix } from './matrix.tsx';

/** The twelve cells of the service whose page it is. */
export function Panel({ read }: PanelProps) {
  return <Matrix service={read.record.id} />;
}
