import type { MeasuredTrait, RecordDefinition } from '../../record/define/define.ts';
import type { ServerRecord } from '../../record/define/work.ts';

/** A record type that is measured, with what its fact is read from. */
export interface Measured {
  definition: RecordDefinition;
  trait: MeasuredTrait;
}

/** Those of some record types that are measured. */
export const measuredOf = (records: Iterable<ServerRecord>): Measured[] =>
  [...records].flatMap(({ definition }) =>
    definition.traits?.measured ? [{ definition, trait: definition.traits.measured }] : [],
  );
