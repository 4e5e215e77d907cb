import type { Panel, WebModule } from '../core/ui/registry.ts';
import { handOverRecords } from './hand-overs.ts';

const panel = (title: string): Panel => ({ title, load: () => import('./ui/hand-overs-panel.tsx') });

/** Hand-overs, and what they add to the pages of the records that are handed over. */
export const handOverWeb: WebModule = {
  records: handOverRecords,
  panels: {
    'service-package': [panel('Hand-overs')],
    'design-package': [panel('Hand-overs')],
    release: [panel('Hand-overs')],
    improvement: [panel('Hand-overs')],
    service: [panel('Performance')],
  },
};
