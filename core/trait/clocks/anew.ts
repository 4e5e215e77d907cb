// Clocks that nothing has led yet: of a record that had no target until now.
import { randomUUIDv7 } from 'node:crypto';
import type { Terms } from '../../clock/terms.ts';
import type { RecordData } from '../../record/define/data.ts';
import type { Work } from '../../record/define/work.ts';
import { answered, paused, startedClock } from './clock.ts';
import type { RecordClock } from './clock.ts';
import { clocksOfCourse } from './course.ts';
import type { Clocked } from './clocked.ts';
import { toldStates } from './told-states.ts';

interface Asked {
  terms: Terms;
  kinds: readonly string[];
}

/** As if they had run since it was opened: without what its journal tells of pauses and ends meanwhile. */
export async function sinceOpened(
  work: Work,
  { definition, trait, whenCancelled }: Clocked,
  data: RecordData,
  { terms, kinds }: Asked,
): Promise<RecordClock[]> {
  if (!kinds.length) return [];
  const { lifecycle } = definition;
  const openedAt = String(data.fields[trait.since]);
  const course = { lifecycle, kinds: trait.kinds, openedAt, terms, newId: randomUUIDv7, whenCancelled };
  const isOnce = (kind: string) => trait.kinds[kind]?.once !== undefined;
  // Nothing is told yet of what is being made.
  const isTold = !kinds.every(isOnce) && data.headHash !== '';
  const led = clocksOfCourse({ ...course, states: isTold ? await toldStates(work.client, definition, data) : [] });
  // What is met once may be met in a move that leaves the state as it is: its own field says when.
  const started = clocksOfCourse({ ...course, states: [] }).map((clock) => answered(clock, trait.kinds, data.fields));
  return kinds.flatMap((kind) => (isOnce(kind) ? started : led).filter((clock) => clock.kind === kind));
}

/** From now on; what was met once has nothing to wait for. */
export function fromNow(
  work: Work,
  { definition: { lifecycle }, trait }: Clocked,
  { state, fields }: RecordData,
  { terms, kinds }: Asked,
): RecordClock[] {
  const at = Date.parse(work.now);
  const isMet = (kind: string) => Boolean(fields[trait.kinds[kind]?.once?.at ?? '']);
  const waitsFor = String(fields[lifecycle.clocks?.pausedFor ?? '']);
  return terms.targets
    .filter(({ kind }) => kinds.includes(kind) && !isMet(kind))
    .map(({ kind, definition }): RecordClock => {
      const clock: RecordClock = {
        id: randomUUIDv7(),
        kind,
        termsId: terms.id,
        termsVersion: terms.version,
        calendar: terms.calendar,
        stopwatch: startedClock(definition, at),
        touched: true,
      };
      return lifecycle.states[state]?.clocks === 'pause' ? paused(clock, at, waitsFor) : clock;
    });
}
