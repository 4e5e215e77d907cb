import type { WebModule } from '../../core/ui/registry.ts';
import { amendmentRecord } from './record.ts';

/** What the screens know of it. */
export const amendmentWeb: WebModule = {
  records: [amendmentRecord],
  panels: { outcome: [{ title: 'Amendments', load: () => import('./ui/amendments-panel.tsx') }] },
};
