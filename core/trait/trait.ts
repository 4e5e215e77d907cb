// What worked records share: each trait is a folder here, and a record type switches it on in its definition.
import type { Endpoint } from '../http/endpoint.ts';
import type { Recount } from '../journal/recount.ts';
import type { JournalSubscriber } from '../journal/subscriber.ts';
import type { Beside } from '../record/define/beside.ts';
import type { Traits } from '../record/define/define.ts';
import type { ScheduledJob } from '../jobs/job.ts';
import type { Commands, Erasing, PersonalOf, ServerRecord } from '../record/define/work.ts';

export interface Trait {
  /** Its key in a record type's definition. */
  name: keyof Traits;
  endpoints?: (record: ServerRecord) => readonly Endpoint[];
  /** What it keeps beside the record's row, told by its entries. */
  beside?: Beside;
  /** What it alters on the record, after the record type's own commands have said what they alter. */
  commands?: (record: ServerRecord) => Pick<Commands, 'creating' | 'editing' | 'moving'>;
  /** Codes of the refusals that these commands give. */
  gives?: readonly string[];
  jobs?: readonly ScheduledJob[];
  subscribers?: readonly JournalSubscriber[];
  /** What `verify` computes anew of what it keeps beside records. */
  recounts?: readonly Recount[];
  /** What it keeps of a person on records of a type. */
  personalOf?: (record: ServerRecord) => PersonalOf;
  /** What goes with a personal value that is erased. */
  erasing?: Erasing;
}
