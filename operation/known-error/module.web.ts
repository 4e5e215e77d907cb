import type { WebModule } from '../../core/ui/registry.ts';
import { knownErrorRecord } from './record.ts';

/** What the screens know of it. */
export const knownErrorWeb: WebModule = {
  records: [knownErrorRecord],
  panels: {
    incident: [{ title: 'Known errors and problems', load: () => import('./ui/workarounds-panel.tsx') }],
    problem: [{ title: 'Known error', first: true, load: () => import('./ui/known-errors-panel.tsx') }],
  },
};
