import type { WebModule } from '../../core/ui/registry.ts';

/** What the screens know of it. */
export const detectionWeb: WebModule = {
  screens: [
    { path: '/measurement/$metric/records', load: () => import('./ui/records-page.tsx') },
    { path: '/measurement/$metric', load: () => import('./ui/chart-page.tsx') },
  ],
};
