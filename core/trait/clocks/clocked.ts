import type { ClocksTrait, RecordDefinition } from '../../record/define/define.ts';
import type { ServerRecord } from '../../record/define/work.ts';

/** A record type that has clocks, with what it says of them. */
export interface Clocked {
  record: ServerRecord;
  definition: RecordDefinition;
  trait: ClocksTrait;
  /** What a clock keeps as its reason when the record ends without a result. */
  whenCancelled: string;
}

/** @throws for a type without clocks */
export function clocked(record: ServerRecord): Clocked {
  const { definition } = record;
  const trait = definition.traits?.clocks;
  if (!trait) throw new Error(`${definition.type} has no clocks`);
  return { record, definition, trait, whenCancelled: `${definition.type} cancelled` };
}
