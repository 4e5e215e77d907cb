import type { WebModule } from '../../core/ui/registry.ts';
import { incidentRecord } from './record.ts';

/** What the screens know of it. */
export const incidentWeb: WebModule = {
  records: [incidentRecord],
  panels: {
    incident: [
      { title: 'Known around it', load: () => import('./ui/around-panel.tsx') },
      { title: 'Log it again', ofCustomers: true, load: () => import('./ui/log-again.tsx') },
    ],
  },
};
