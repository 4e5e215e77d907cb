import { isDeepStrictEqual } from 'node:util';
import { addWorkingDays } from '../../clock/business-time.ts';
import { dayMs } from '../../clock/units.ts';
import type { Calendar } from '../../clock/calendar.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { Lifecycle, Move } from '../../lifecycle/lifecycle.ts';
import type { NextMove, RecordData } from '../define/data.ts';
import type { ServerRecord, Work } from '../define/work.ts';

/** What happens by itself once a record stands in a state, and how its entry tells so. Its instant is worked out once, on arrival. */
export async function nextMoveOf(
  work: Work,
  record: ServerRecord,
  before: Pick<RecordData, 'state' | 'next'>,
  after: RecordData,
): Promise<{ move: NextMove | null; told: Record<string, Json> }> {
  if (after.state === before.state) return { move: before.next, told: {} };
  const { lifecycle } = record.definition;
  const counted = byItselfIn(lifecycle, after.state)?.[1].after?.counted;
  const hours = counted === 'service' ? await record.serviceHours?.(work.client, after) : undefined;
  const move = nextMoveIn(lifecycle, { state: after.state, since: Date.parse(work.now), hours });
  return { move, told: isDeepStrictEqual(move, before.next) ? {} : { _next: move && { ...move } } };
}

/** What happens by itself to a record that came into a state at an instant; service days are those of the hours. */
export function nextMoveIn(
  lifecycle: Lifecycle,
  { state, since, hours }: { state: string; since: number; hours: Calendar | undefined },
): NextMove | null {
  const [move, { after } = {}] = byItselfIn(lifecycle, state) ?? [];
  if (!move || !after) return null;
  const at =
    hours && after.counted === 'service' ? addWorkingDays(hours, since, after.days) : since + after.days * dayMs;
  return at === null ? null : { move, at: new Date(at).toISOString() };
}

/** The move that happens by itself in a state, by name. */
export const byItselfIn = ({ moves }: Lifecycle, state: string): [string, Move] | undefined =>
  Object.entries(moves).find(([, each]) => each.after && each.from.includes(state));
