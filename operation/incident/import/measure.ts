// What an observed incident shows by the agreement that was in force when it was opened: clocks, lists, and its fact. Pure but for ids.
import { randomUUIDv7 } from 'node:crypto';
import type { AgreementInForce } from '../../../handover/facts/agreement-in-force.ts';
import type { CaseFact } from '../../../core/trait/measured/fact.ts';
import { summary, withBreach } from '../../../core/trait/clocks/clock.ts';
import type { RecordClock } from '../../../core/trait/clocks/clock.ts';
import { clocksOfCourse } from '../../../core/trait/clocks/course.ts';
import { toldClock } from '../../../core/trait/clocks/store.ts';
import { termsOf } from '../../agreement/index.ts';
import { incidentRecord } from '../record.ts';
import type { Built } from './build.ts';
import { factOf } from './fact.ts';

export interface MeasuredIncident {
  record: Built['record'];
  fact: CaseFact;
  /** Of one that may still go on; what is over for good has its minutes in its fact. */
  clocks: RecordClock[];
}

export interface Measure {
  serviceId: string | null;
  customerId: string | null;
  /** The newest first. */
  agreements: readonly AgreementInForce[];
  /** ISO instant of the import. */
  now: string;
}

const course = {
  lifecycle: incidentRecord.lifecycle,
  kinds: incidentRecord.traits?.clocks?.kinds ?? {},
  newId: randomUUIDv7,
  whenCancelled: 'incident cancelled',
};

export function measured(built: Built, { serviceId, customerId, agreements, now }: Measure): MeasuredIncident {
  const { openedAt, priority, states, record } = built;
  const at = Date.parse(now);
  const agreement = agreements.find(({ from, to }) => from <= openedAt && (to === null || to > openedAt)) ?? null;
  const terms = agreement && priority !== null ? termsOf(agreement, priority) : null;
  const clocks = inOrder(clocksOfCourse({ ...course, openedAt, states, terms }).map((clock) => withBreach(clock, at)));
  const fact = factOf(built, { serviceId, customerId, clocks });
  const isOver = ['closed', 'cancelled'].includes(states.at(-1)?.state ?? '');
  const kept = isOver ? [] : clocks;
  const withClocks = clocks.length ? shown(record, { ...summary(clocks, at), kept, at }) : record;
  return { record: told(withClocks, fact), fact, clocks: kept };
}

/** Clocks are read in the order of their ids, and ids made in one millisecond have none of their own. */
function inOrder(clocks: readonly RecordClock[]): RecordClock[] {
  const ids = clocks.map(({ id }) => id).toSorted();
  return clocks.map((clock, index) => ({ ...clock, id: ids[index] ?? clock.id }));
}

/** What was measured elsewhere stands in the last entry: nothing but the source can tell it again. */
function told(
  record: Built['record'],
  { recordId: _record, recordType: _type, serviceId: _service, ...measure }: CaseFact,
): Built['record'] {
  const last = record.steps.at(-1);
  if (!last) return record;
  const beside = { ...last.beside, _measured: measure };
  return { ...record, steps: [...record.steps.slice(0, -1), { ...last, beside }] };
}

/** With the clocks that go on and what lists show of them, said by the last step. */
function shown(
  record: Built['record'],
  { nextDueAt, breached, kept, at }: ReturnType<typeof summary> & { kept: readonly RecordClock[]; at: number },
): Built['record'] {
  const last = record.steps.at(-1);
  if (!last) return record;
  const values = { ...last.values, breached, ...(nextDueAt === null ? {} : { nextDueAt }) };
  const beside = kept.length ? { beside: { _clocks: kept.map((clock) => toldClock(clock, at)) } } : {};
  return { ...record, steps: [...record.steps.slice(0, -1), { ...last, ...beside, values }] };
}
