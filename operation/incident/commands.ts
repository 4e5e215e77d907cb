import type { RecordOf } from '../../core/record/define/data.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import type { Also, Commands } from '../../core/record/define/work.ts';
import type { incidentRecord } from './record.ts';
import { priorityOf } from './priority.ts';

type Incident = RecordOf<typeof incidentRecord>;

/** What else happens with an incident: how bad and how urgent it is gives its priority, and a change of team is a hand-over. */
export const incidentCommands: Commands<typeof incidentRecord> = {
  prepare: async (work, values) => {
    const { principal } = work.caller;
    const caller = values.caller ?? (principal.customer ? principal.id : null);
    return Promise.resolve({ loggedAt: work.now, caller, impactStartAt: values.impactStartAt ?? work.now });
  },
  derive: [
    {
      from: ['impact', 'urgency'],
      values: (fields) => ({ priority: priorityOf(fields.impact, fields.urgency) }),
    },
  ],
  editing: async (_work, { before, after }) => {
    if (isJudgedAnew(before, after)) stop(needsReason);
    return Promise.resolve({ fields: handedOver(before, after) });
  },
  moving: async (_work, { before, after, move }) => {
    if (move === 'reprioritise' && judged.every((name) => before.fields[name] === after.fields[name])) stop(asBefore);
    return Promise.resolve({ fields: handedOver(before, after) });
  },
};

const judged = ['impact', 'urgency'] as const;

const asBefore = refuse(
  'refused',
  refusal(
    'incident.priority-as-before',
    'Impact and urgency are as they were.',
    'Choose another impact or urgency, or leave the priority as it is.',
    'impact',
  ),
);

const needsReason = refuse(
  'refused',
  refusal(
    'incident.priority-reason',
    'A priority once set is altered with a reason only.',
    'Alter it by "Set another priority", saying whether it was misclassified or its impact altered.',
    'impact',
  ),
);

/** How bad and how urgent it is was judged, and is judged otherwise now: also where that comes to the same priority. */
const isJudgedAnew = ({ fields: was }: Incident, { fields: is }: Incident): boolean =>
  Boolean(was.priority) &&
  (was.priority !== is.priority || judged.some((name) => Boolean(was[name]) && was[name] !== is[name]));

/** A hand-over is a change of team, by whichever act; passing work on within a team is none. */
function handedOver(before: Incident, { fields }: Incident): Also<typeof incidentRecord>['fields'] {
  const { team, reassignmentCount } = before.fields;
  return team && fields.team !== team ? { reassignmentCount: (reassignmentCount ?? 0) + 1 } : {};
}
