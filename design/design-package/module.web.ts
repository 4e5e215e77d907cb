import type { WebModule } from '../../core/ui/registry.ts';
import { designChecklist } from './checklist.ts';
import { designRecord } from './record.ts';

/** What the screens know of it. */
export const designPackageWeb: WebModule = {
  records: [designRecord],
  checklists: [designChecklist],
};
