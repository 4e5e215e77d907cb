import type { RecordDefinition } from '../core/record/define.ts';
import { outcomeRecord } from './outcome/index.ts';
import { requirementRecord } from './requirement/index.ts';

/** The record types of Strategy, in the order of the work. */
export const strategyRecords: readonly RecordDefinition[] = [requirementRecord, outcomeRecord];
