import type { FactsFor } from '../../../core/record/define/fact.ts';
import { nextMoveIn } from '../../../core/record/edit/next-move.ts';
import type { incidentRecord } from '../record.ts';
import type { IncidentFacts } from '../rules.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import { hoursOf } from '../terms.ts';

/** What the rules of an incident need to know. */
export const incidentFacts: FactsFor<typeof incidentRecord, IncidentFacts> = {
  // What was observed as resolved is never closed by itself: nobody asked its caller here. Its time to be reopened ends all the same.
  waitsUntil: async ({ client }, data) => {
    if (data.next) return data.next.at;
    const { resolvedAt } = data.fields;
    if (data.state !== 'resolved' || resolvedAt === null) return null;
    const hours = await hoursOf(client, data);
    return nextMoveIn(incidentLifecycle, { state: data.state, since: Date.parse(resolvedAt), hours })?.at ?? null;
  },
};
