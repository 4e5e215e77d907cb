import type { ScheduledJob } from '../../core/jobs/job.ts';
import { oneByOne } from '../../core/record/edit/one-by-one.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { moveEachAsSystem } from '../../core/record/edit/move-as-system.ts';
import { act } from '../../core/record/act/act.ts';
import { takeRecurrence } from './commands.ts';
import { recurring, reviewsDue } from './store.ts';

export const problemJobs: readonly ScheduledJob[] = [
  {
    name: 'problem-reviews',
    every: 'hour',
    run: async (application) => {
      const due = await reviewsDue(application.pool, new Date(application.clock()).toISOString());
      const reason = 'The day of its review has come.';
      await moveEachAsSystem(
        application,
        due.map((each) => ({ ...each, type: 'problem', move: 'review', reason })),
      );
    },
  },
];

/** What an incident is likened by: while that stays, nothing new comes again. */
const likened = ['service', 'component', 'category'] as const;

/**
 * The detector of incidents that come again: looks at those that became like others, never at all that there are. What is observed
 * from elsewhere is history, which counts once an incident of its kind is logged here.
 */
export const recurrenceSubscriber: JournalSubscriber = {
  name: 'operation.recurring-incidents',
  types: ['incident'],
  take: async (application, entries) => {
    const now = new Date(application.clock()).toISOString();
    const touched = entries.filter(({ kind, edits }) => kind !== 'observed' && likened.some((name) => name in edits));
    for (const [providerId, group] of Map.groupBy(touched, (entry) => entry.providerId)) {
      const ids = [...new Set(group.map(({ recordId }) => recordId))];
      await oneByOne(await recurring(application.pool, { providerId, ids, now }), ({ scenarioNow, ...recurrence }) => {
        const principal = systemPrincipal(providerId, 'recurrence', scenarioNow);
        const caller = { principal, channel: 'job' as const, requestId: `recurrence ${recurrence.service}` };
        const attempt = { command: 'propose', type: 'problem' };
        return act(application, caller, attempt, async (work) => ({
          id: (await takeRecurrence(work, recurrence)) ?? recurrence.service,
        }));
      });
    }
  },
};
