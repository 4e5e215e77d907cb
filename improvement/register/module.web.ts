import type { WebModule } from '../../core/ui/registry.ts';
import { improvementRecord } from './record.ts';

/** What the screens know of it. */
export const registerWeb: WebModule = {
  records: [improvementRecord],
};
