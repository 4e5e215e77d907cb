import type { WebModule } from '../../core/ui/registry.ts';
import { requirementRecord } from './record.ts';

/** What the screens know of it. */
export const requirementWeb: WebModule = {
  records: [requirementRecord],
};
