import type { Calendar } from './calendar.ts';
import type { ClockDefinition } from './stopwatch.ts';

/** What a record's clocks measure by: an agreement in force, or a standard of one's own. */
export interface Terms {
  /** The record in which they stand. */
  id: string;
  version: number;
  calendar: Calendar;
  /** By kind of clock; a kind without a target has no clock. */
  targets: readonly { kind: string; definition: ClockDefinition }[];
}
