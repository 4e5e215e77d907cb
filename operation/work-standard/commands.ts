import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import { readCalendar } from '../../core/clock/read-calendar.ts';
import { workStandardRecord } from './record.ts';
import { isOfCustomer, lockKind, othersInForce } from './store.ts';

/** One standard at a time: the one that is put in force takes the place of the one before. */
export const workStandardCommands: Commands<typeof workStandardRecord> = {
  derive: [
    { from: ['calendar'], values: (fields) => ({ zone: readCalendar(fields.calendar).calendar?.zone ?? null }) },
  ],
  // It is the provider's own, whatever it was made beside.
  creating: async (work, { owner }) => {
    await ofProvider(work, owner);
    return { customers: [] };
  },
  editing: async (work, { after: { customers, owner } }) => {
    if (customers.length) stop(providersOwn);
    await ofProvider(work, owner);
    return {};
  },
  locks: async (work, standard, move) => {
    if (move !== 'put-in-force') return [];
    await lockKind(work.client, standard);
    return othersInForce(work.client, standard);
  },
  moved: async (work, standard, move) => {
    if (move !== 'put-in-force') return;
    const record = serverRecord(work.application.registry, workStandardRecord);
    for (const id of await othersInForce(work.client, standard))
      await moveBecause(work, record, id, 'end', { reason: `${standard.ref} took its place.` });
  },
};

const providersOwn = refuse(
  'refused',
  refusal(
    'work-standard.own',
    "A standard of work is the provider's own: no customer sees it.",
    'Leave the customers out, and name an owner of the provider.',
    'customers',
  ),
);

async function ofProvider({ client, caller }: Work, owner: string | null): Promise<void> {
  const { providerId } = caller.principal;
  if (owner !== null && (await isOfCustomer(client, { providerId, person: owner }))) stop(providersOwn);
}
