import type { WebModule } from '../../core/ui/registry.ts';
import { problemRecord } from './record.ts';

/** What the screens know of it. */
export const problemWeb: WebModule = {
  records: [problemRecord],
  panels: {
    problem: [{ title: 'Incidents', first: true, load: () => import('./ui/incidents-panel.tsx') }],
  },
};
