import type { RecordDefinition } from '../core/record/define.ts';
import { changeRecord } from './change/index.ts';
import { earlyLifeRecord } from './early-life/index.ts';
import { freezeRecord } from './freeze/index.ts';
import { releaseRecord } from './release/index.ts';

/** The record types of Transition, in the order of the work. */
export const transitionRecords: readonly RecordDefinition[] = [
  changeRecord,
  freezeRecord,
  releaseRecord,
  earlyLifeRecord,
];
