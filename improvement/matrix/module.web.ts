import type { WebModule } from '../../core/ui/registry.ts';

/** What the screens know of it. */
export const matrixWeb: WebModule = {
  screens: [{ path: '/measurement', load: () => import('./ui/matrix-page.tsx') }],
  entries: [{ label: 'Twelve cells', to: '/measurement' }],
  panels: { service: [{ title: 'Twelve cells', load: () => import('./ui/service-cells.tsx') }] },
};
