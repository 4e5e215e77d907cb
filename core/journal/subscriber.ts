import type { Application } from '../record/define/work.ts';
import type { JournalEntry } from './format/entry.ts';

/** Reads the journal in order, at least once; announced entries never command. `types` narrows what it is given. */
export interface JournalSubscriber {
  name: string;
  types?: readonly string[];
  take: (application: Application, entries: readonly JournalEntry[]) => Promise<void>;
}
