import { moveBecause } from '../../core/record/edit/move.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands } from '../../core/record/define/work.ts';
import { readCalendar } from '../../core/clock/read-calendar.ts';
import { workStandardRecord } from './record.ts';
import { othersInForce } from './store.ts';

/** One standard at a time: the one that is put in force takes the place of the one before. */
export const workStandardCommands: Commands<typeof workStandardRecord> = {
  derive: [
    { from: ['calendar'], values: (fields) => ({ zone: readCalendar(fields.calendar).calendar?.zone ?? null }) },
  ],
  locks: async (work, standard, move) =>
    move === 'put-in-force' ? othersInForce(work.client, standard) : Promise.resolve([]),
  moved: async (work, standard, move) => {
    if (move !== 'put-in-force') return;
    const record = serverRecord(work.application.registry, workStandardRecord);
    for (const id of await othersInForce(work.client, standard))
      await moveBecause(work, record, id, 'end', { reason: `${standard.ref} took its place.` });
  },
};
