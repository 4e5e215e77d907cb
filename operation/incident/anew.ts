// Clocks that nothing has led yet: of an incident that had no target until now.
import { randomUUIDv7 } from 'node:crypto';
import type { RecordData } from '../../core/record/data.ts';
import type { Work } from '../../core/record/work.ts';
import type { AgreementInForce, Priority } from '../../handover/facts/agreement-in-force.ts';
import { answered, clockDefinitions, paused, startedClock } from './clock.ts';
import type { ClockKind, IncidentClock } from './clock.ts';
import { clocksOfCourse } from './import/course.ts';
import { statesOf } from './store/course.ts';

interface Asked {
  agreement: AgreementInForce;
  kinds: readonly ClockKind[];
}

/** As if they had run since it was logged: without what its journal tells of pauses and resolutions meanwhile. */
export async function sinceLogged(
  work: Work,
  incident: RecordData,
  { agreement, kinds }: Asked,
): Promise<IncidentClock[]> {
  if (!kinds.length) return [];
  const { loggedAt, priority } = incident.fields;
  const course = { openedAt: String(loggedAt), priority: priority as Priority, agreement, newId: randomUUIDv7 }; // a choice field
  // Nothing is told yet of what is being made.
  const isTold = kinds.includes('restore') && incident.headHash !== '';
  const led = clocksOfCourse({
    ...course,
    states: isTold ? await statesOf(work.client, incident) : [],
  });
  // An answer may be given in a move that leaves the state as it is: its own field says when.
  const started = clocksOfCourse({ ...course, states: [] }).map((clock) => answered(clock, incident.fields));
  return kinds.flatMap((kind) => (kind === 'response' ? started : led).filter((clock) => clock.kind === kind));
}

/** From now on; an answer that was given before has nothing to wait for. */
export function fromNow(work: Work, incident: RecordData, { agreement, kinds }: Asked): IncidentClock[] {
  const { priority, respondedAt, pendingReason } = incident.fields;
  const at = Date.parse(work.now);
  return clockDefinitions(agreement.definition, priority as Priority) // a choice field
    .filter(({ kind }) => kinds.includes(kind) && !(kind === 'response' && respondedAt))
    .map(({ kind, definition }): IncidentClock => {
      const clock: IncidentClock = {
        id: randomUUIDv7(),
        kind,
        agreementId: agreement.agreementId,
        agreementVersion: agreement.version,
        calendar: agreement.definition.calendar,
        stopwatch: startedClock(definition, at),
        touched: true,
      };
      return incident.state === 'pending' ? paused(clock, at, String(pendingReason)) : clock;
    });
}
