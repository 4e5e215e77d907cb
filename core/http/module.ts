import type { ChecklistDefinition } from '../record/define/checklist.ts';
import type { Registry, ServerRecord } from '../record/define/work.ts';
import type { Recount } from '../journal/recount.ts';
import type { JournalSubscriber } from '../journal/subscriber.ts';
import type { Endpoint } from './endpoint.ts';
import type { ScheduledJob } from '../jobs/job.ts';

/** What a module contributes to the server (`module.ts`): its record types, and what runs beside them. */
export interface Module {
  records?: readonly ServerRecord[];
  checklists?: readonly ChecklistDefinition[];
  /** Beyond those that every record type has. */
  endpoints?: readonly Endpoint[];
  jobs?: readonly ScheduledJob[];
  subscribers?: readonly JournalSubscriber[];
  policies?: Registry['policies'];
  rebound?: Registry['rebound'];
  breaks?: Registry['breaks'];
  terms?: Registry['terms'];
  /** What `verify` computes anew of what the module keeps beside records. */
  recounts?: readonly Recount[];
}
