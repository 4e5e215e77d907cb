import type { RecordDefinition } from '../core/record/define.ts';
import { agreementRecord } from './agreement/index.ts';
import { incidentRecord } from './incident/index.ts';

/** The record types of Operation, in the order of the work. */
export const operationRecords: readonly RecordDefinition[] = [incidentRecord, agreementRecord];
