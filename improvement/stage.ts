import type { RecordDefinition } from '../core/record/define.ts';
import { measurementRecord } from './measurement/value/record.ts';
import { improvementRecord } from './register/record.ts';

/** The record types of Improvement, in the order of the work. */
export const improvementRecords: readonly RecordDefinition[] = [measurementRecord, improvementRecord];
