import type { WebModule } from '../../core/ui/registry.ts';
import { outcomeRecord } from './record.ts';

/** What the screens know of it. */
export const outcomeWeb: WebModule = {
  records: [outcomeRecord],
};
