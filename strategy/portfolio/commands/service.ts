import type { Commands } from '../../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../../core/refusal/refusal.ts';
import type { serviceRecord } from '../record/service.ts';

const noOwner = refuse(
  'refused',
  refusal(
    'service.no-owner',
    'What is taken over has an owner as long as the business has not decided.',
    'Name another person who answers for it.',
    'owner',
  ),
);

const notTakenOver = refuse(
  'refused',
  refusal(
    'service.not-taken-over',
    'It came with a package: the business decides on that, at its gates.',
    'Leave the day empty.',
    'decideBy',
  ),
);

/** What else happens with a service that is taken over as it runs. */
export const serviceCommands: Commands<typeof serviceRecord> = {
  creating: async (work, service) =>
    Promise.resolve(service.state === 'undecided' ? { fields: { takenOverAt: work.now } } : {}),
  editing: async (_work, { before, after }) => {
    if (before.owner !== null && after.owner === null && before.state === 'undecided') stop(noOwner);
    if (after.fields.decideBy !== null && before.fields.takenOverAt === null) stop(notTakenOver);
    return Promise.resolve({});
  },
};
