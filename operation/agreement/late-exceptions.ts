import { movesTold } from '../../core/journal/format/made.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { takeInExceptions } from '../../core/trait/clocks/jobs.ts';
import { newestVersion } from './store.ts';

/** A holiday recorded in an amendment holds for clocks that run already, too. */
export const lateExceptions: JournalSubscriber = {
  name: 'operation.late-exceptions',
  types: ['agreement'],
  take: async (application, entries) => {
    for (const entry of entries) {
      if (!movesTold(entry).includes('put-in-force')) continue;
      const { providerId, recordId: terms } = entry;
      const newest = (await newestVersion(application.pool, { providerId, id: terms }))?.calendar;
      if (newest?.exceptions.some(({ recordedAt }) => recordedAt !== undefined))
        await takeInExceptions(application, { providerId, terms, newest });
    }
  },
};
