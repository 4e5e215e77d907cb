import type { Contribution } from '../core/ui/registry.ts';

/** What improvement adds to the screens. */
export const improvementWeb: Contribution = {
  stage: 'improvement',
  screens: [
    { path: '/measurement', load: () => import('./matrix/ui/matrix-page.tsx') },
    { path: '/measurement/$metric/records', load: () => import('./detection/ui/records-page.tsx') },
    { path: '/measurement/$metric', load: () => import('./detection/ui/chart-page.tsx') },
  ],
  entries: [{ label: 'Twelve cells', to: '/measurement' }],
  panels: { service: [{ title: 'Twelve cells', load: () => import('./matrix/ui/service-cells.tsx') }] },
};
