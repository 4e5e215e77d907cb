import type { WebModule } from '../../core/ui/registry.ts';
import { agreementRecord } from './record.ts';

/** What the screens know of it. */
export const agreementWeb: WebModule = {
  records: [agreementRecord],
};
