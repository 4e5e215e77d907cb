import { oneByOne } from '../../../core/record/edit/one-by-one.ts';
import type { JournalEntry } from '../../../core/journal/format/entry.ts';
import type { JournalSubscriber } from '../../../core/journal/subscriber.ts';
import { systemPrincipal } from '../../../core/permission/principal.ts';
import { act } from '../../../core/record/act/act.ts';
import { showProgress } from './commands.ts';
import { scenarioOf } from './store.ts';

const promised = ['baseline', 'target', 'direction'];

/** An outcome whose promise was edited is judged anew: what was over before an amendment by what was promised then. */
export const promiseEditedSubscriber: JournalSubscriber = {
  name: 'improvement.promise-edited',
  types: ['outcome'],
  take: async (application, entries) => {
    const edited = entries.filter(({ edits, kind }) => kind !== 'created' && promised.some((name) => name in edits));
    await oneByOne(latestOf(edited), async ({ providerId, recordId, seq }) => {
      const principal = systemPrincipal(providerId, 'value', await scenarioOf(application.pool, providerId));
      const caller = { principal, channel: 'job' as const, requestId: `promise ${seq}` };
      const attempt = { command: 'judge anew', type: 'outcome', id: recordId };
      await act(application, caller, attempt, async (work) => ({
        id: recordId,
        data: await showProgress(work, recordId),
      }));
    });
  },
};

const latestOf = (entries: readonly JournalEntry[]): JournalEntry[] => [
  ...new Map(entries.map((entry) => [entry.recordId, entry])).values(),
];
