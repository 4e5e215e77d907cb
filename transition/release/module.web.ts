import type { WebModule } from '../../core/ui/registry.ts';
import { releaseRecord } from './record.ts';

/** What the screens know of it. */
export const releaseWeb: WebModule = {
  records: [releaseRecord],
};
