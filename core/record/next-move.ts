import { isDeepStrictEqual } from 'node:util';
import { addWorkingDays } from '../clock/business-time.ts';
import type { Json } from '../journal/hash.ts';
import type { After, Lifecycle, Move } from '../lifecycle/lifecycle.ts';
import type { NextMove, RecordData } from './data.ts';
import type { ServerRecord, Work } from './work.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** What happens by itself once a record stands in a state, and how its entry tells so. Its instant is worked out once, on arrival. */
export async function nextMoveOf(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  after: RecordData,
): Promise<{ move: NextMove | null; told: Record<string, Json> }> {
  if (after.state === before.state) return { move: before.next, told: {} };
  const [name, declared] = byItselfIn(record.definition.lifecycle, after.state) ?? [];
  const at = declared?.after ? await dueAt(work, record, after, declared.after) : null;
  const move = name && at !== null ? { move: name, at: new Date(at).toISOString() } : null;
  return { move, told: isDeepStrictEqual(move, before.next) ? {} : { _next: move && { ...move } } };
}

/** The move that happens by itself in a state, by name. */
export const byItselfIn = ({ moves }: Lifecycle, state: string): [string, Move] | undefined =>
  Object.entries(moves).find(([, each]) => each.after && each.from.includes(state));

async function dueAt(
  work: Work,
  record: ServerRecord,
  after: RecordData,
  { days, counted }: After,
): Promise<number | null> {
  const now = Date.parse(work.now);
  const hours = counted === 'service' ? await record.serviceHours?.(work.client, after) : undefined;
  return hours ? addWorkingDays(hours, now, days) : now + days * dayMs;
}
