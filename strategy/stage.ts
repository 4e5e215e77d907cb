import type { RecordDefinition } from '../core/record/define.ts';
import { policyRecord } from './direction/record/policy.ts';
import { waiverRecord } from './direction/record/waiver.ts';
import { outcomeRecord } from './outcome/index.ts';
import { packageRecord } from './package/record.ts';
import { serviceRecord } from './portfolio/record/service.ts';
import { versionRecord } from './portfolio/record/service-version.ts';
import { subscriptionRecord } from './portfolio/record/subscription.ts';
import { requirementRecord } from './requirement/index.ts';

/** The record types of Strategy, in the order of the work. */
export const strategyRecords: readonly RecordDefinition[] = [
  requirementRecord,
  outcomeRecord,
  packageRecord,
  serviceRecord,
  versionRecord,
  subscriptionRecord,
  policyRecord,
  waiverRecord,
];
