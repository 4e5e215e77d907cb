import type { Contribution, Panel } from '../core/ui/registry.ts';

const panel = (title: string): Panel => ({ title, load: () => import('./ui/hand-overs-panel.tsx') });

/** What the hand-overs add to the pages of the records that are handed over. */
export const handOverWeb: Contribution = {
  stage: 'strategy',
  screens: [],
  entries: [],
  panels: {
    'service-package': [panel('Hand-overs')],
    'design-package': [panel('Hand-overs')],
    release: [panel('Hand-overs')],
    improvement: [panel('Hand-overs')],
    service: [panel('Performance')],
  },
};
