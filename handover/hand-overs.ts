// The kinds of hand-over, in the order of the loop.
import type { RecordDefinition } from '../core/record/define/define.ts';
import type { HandOverKind } from './hand-over/record.ts';
import { requirementBack } from './requirement-back/record.ts';
import { serviceDesignPackageHandOver } from './service-design-package/record.ts';
import { servicePackageHandOver } from './service-package/record.ts';
import { servicePerformance } from './service-performance/record.ts';
import { serviceReleaseHandOver } from './service-release/record.ts';

export const handOverKinds: readonly HandOverKind[] = [
  servicePackageHandOver,
  serviceDesignPackageHandOver,
  serviceReleaseHandOver,
  servicePerformance,
  requirementBack,
];

/** Their record types. */
export const handOverRecords: readonly RecordDefinition[] = handOverKinds.map(({ definition }) => definition);
