import type { WebModule } from '../../core/ui/registry.ts';
import { freezeRecord } from './record.ts';

/** What the screens know of it. */
export const freezeWeb: WebModule = {
  records: [freezeRecord],
};
