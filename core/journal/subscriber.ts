import type { Application } from '../record/work.ts';

export interface JournalEntry {
  seq: number;
  providerId: string;
  recordId: string;
  recordType: string;
  version: number;
  kind: string;
  move: string | null;
  from: string | null;
  to: string | null;
  occurredAt: string;
  recordedAt: string;
  actorId: string | null;
  edits: Record<string, unknown>;
}

/** Reads the journal in order, at least once; announced entries never command. `types` narrows what it is given. */
export interface JournalSubscriber {
  name: string;
  types?: readonly string[];
  take: (application: Application, entries: readonly JournalEntry[]) => Promise<void>;
}
