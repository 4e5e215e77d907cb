import type { WebModule } from '../../core/ui/registry.ts';
import { policyRecord } from './record/policy.ts';
import { waiverRecord } from './record/waiver.ts';

/** What the screens know of it. */
export const directionWeb: WebModule = {
  records: [policyRecord, waiverRecord],
};
