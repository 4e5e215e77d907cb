import type { WebModule } from '../../core/ui/registry.ts';
import { criterionWaiverRecord } from './record.ts';

const waivers = { title: 'Waivers', load: () => import('./ui/waivers-panel.tsx') };

/** What the screens know of it. */
export const criterionWaiverWeb: WebModule = {
  records: [criterionWaiverRecord],
  panels: { release: [waivers], 'early-life-support': [waivers] },
};
