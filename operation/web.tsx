import type { Contribution } from '../core/ui/registry.ts';

/** What operation adds to the screens. */
export const operationWeb: Contribution = {
  stage: 'operation',
  screens: [],
  entries: [],
  panels: {
    incident: [
      { title: 'Clocks', first: true, load: () => import('./incident/ui/clocks-panel.tsx') },
      { title: 'Notes', load: () => import('./incident/ui/notes-panel.tsx') },
      { title: 'Known around it', load: () => import('./incident/ui/around-panel.tsx') },
    ],
  },
};
