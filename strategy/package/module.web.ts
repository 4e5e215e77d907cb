import type { WebModule } from '../../core/ui/registry.ts';
import { packageChecklist } from './checklist.ts';
import { packageRecord } from './record.ts';

/** What the screens know of it. */
export const packageWeb: WebModule = {
  records: [packageRecord],
  checklists: [packageChecklist],
};
