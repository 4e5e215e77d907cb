import type { Contribution } from '../core/ui/registry.ts';

/** What strategy adds to the screens. */
export const strategyWeb: Contribution = {
  stage: 'strategy',
  screens: [{ path: '/services/$id', load: () => import('./portfolio/ui/service-page.tsx') }],
  entries: [],
  panels: {},
};
