import type { RecordDefinition } from '../core/record/define.ts';
import { componentRecord } from './component/record.ts';
import { designRecord } from './design-package/record.ts';

/** The record types of Design, in the order of the work. */
export const designRecords: readonly RecordDefinition[] = [designRecord, componentRecord];
