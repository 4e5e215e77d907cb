import type { WebModule } from '../../core/ui/registry.ts';
import { componentRecord } from './record.ts';

/** What the screens know of it. */
export const componentWeb: WebModule = {
  records: [componentRecord],
};
