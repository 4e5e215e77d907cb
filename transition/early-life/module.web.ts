import type { WebModule } from '../../core/ui/registry.ts';
import { earlyLifeRecord } from './record.ts';

/** What the screens know of it. */
export const earlyLifeWeb: WebModule = {
  records: [earlyLifeRecord],
};
