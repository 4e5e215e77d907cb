import type { WebModule } from '../../core/ui/registry.ts';
import { versionRecord } from './record/service-version.ts';
import { serviceRecord } from './record/service.ts';
import { subscriptionRecord } from './record/subscription.ts';

/** What the screens know of it. */
export const portfolioWeb: WebModule = {
  records: [serviceRecord, versionRecord, subscriptionRecord],
  screens: [
    { path: '/services/$id', load: () => import('./ui/service-page.tsx') },
    { path: '/orphans', load: () => import('./ui/orphans.tsx') },
  ],
  entries: [{ label: 'Breaks in the thread', to: '/orphans' }],
};
