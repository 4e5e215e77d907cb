import type { ChecklistDefinition } from '../record/checklist.ts';
import type { Application, Registry, ServerRecord } from '../record/work.ts';
import type { Recount } from '../journal/recount.ts';
import type { JournalSubscriber } from '../journal/subscriber.ts';
import type { Endpoint } from './endpoint.ts';

/** A job that runs by the clock; what it does must be safe to repeat. */
export interface ScheduledJob {
  name: string;
  everySeconds: number;
  run: (application: Application) => Promise<void>;
}

/** What one stage contributes to the server; app/ puts them together. */
export interface StageServer {
  records: readonly ServerRecord[];
  checklists?: readonly ChecklistDefinition[];
  endpoints?: readonly Endpoint[];
  jobs?: readonly ScheduledJob[];
  subscribers?: readonly JournalSubscriber[];
  policies?: Registry['policies'];
  /** What `verify` computes anew of what the stage keeps beside records. */
  recounts?: readonly Recount[];
}
