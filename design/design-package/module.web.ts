import type { WebModule } from '../../core/ui/registry.ts';
import { designRecord } from './record.ts';

/** What the screens know of it. */
export const designPackageWeb: WebModule = {
  records: [designRecord],
  checklists: { 'design-package': () => import('./checklist.ts').then((module) => module.designChecklist) },
};
