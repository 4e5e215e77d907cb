import type { WebModule } from '../../core/ui/registry.ts';
import { workStandardRecord } from './record.ts';

/** What the screens know of it. */
export const workStandardWeb: WebModule = {
  records: [workStandardRecord],
};
