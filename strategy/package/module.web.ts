import type { WebModule } from '../../core/ui/registry.ts';
import { packageRecord } from './record.ts';

/** What the screens know of it. */
export const packageWeb: WebModule = {
  records: [packageRecord],
  checklists: { 'service-package': () => import('./checklist.ts').then((module) => module.packageChecklist) },
};
