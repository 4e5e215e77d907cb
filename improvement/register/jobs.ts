import type { ScheduledJob } from '../../core/jobs/job.ts';
import { moveEachAsSystem } from '../../core/record/edit/move-as-system.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import type { Application } from '../../core/record/define/work.ts';
import { movesTold } from '../../core/journal/format/made.ts';
import type { JournalEntry } from '../../core/journal/format/entry.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { registerOpportunity } from './commands.ts';
import { lapsedOf, promiseOf, reviewsDue } from './store.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { lookup } from '../../core/names/lookup.ts';

export const registerJobs: readonly ScheduledJob[] = [
  {
    name: 'improvement-reviews-due',
    every: 'hour',
    run: async (application) => {
      const now = new Date(application.clock()).toISOString();
      const of = { type: 'improvement', move: 'review-due', reason: 'Its review date has come.' };
      const due = await reviewsDue(application.pool, now);
      await moveEachAsSystem(
        application,
        due.map((each) => ({ ...each, ...of })),
      );
    },
  },
];

const brokenPromises: Readonly<Record<string, string>> = lookup({
  miss: 'was not attained by its date',
  regress: 'was attained and is lost again',
});

/** A promise to the business that is not kept is something to improve (model B.2, F.3). */
export const promiseSubscriber: JournalSubscriber = {
  name: 'improvement.promises',
  types: ['business-requirement'],
  take: async (application, entries) => {
    for (const entry of entries) {
      const [what] = movesTold(entry).flatMap((move) => brokenPromises[move] ?? []);
      if (what !== undefined) await registerBroken(application, entry, what);
    }
  },
};

async function registerBroken(application: Application, entry: JournalEntry, what: string): Promise<void> {
  const { providerId, recordId, seq } = entry;
  const promise = await promiseOf(application.pool, providerId, recordId);
  if (!promise) return;
  const principal = systemPrincipal(providerId, 'value', promise.scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `value ${seq}` };
  await act(application, caller, { command: 'register', type: 'improvement' }, async (work) => ({
    id: await registerOpportunity(work, {
      // The same entry read again gives the same key.
      key: `promise:${recordId}:${seq}`,
      detector: 'value',
      title: `${promise.ref} ${what}`,
      description: `"${promise.title}" ${what}. Look at which outcome fell short and why, and decide whether to go on, improve or give it up.`,
      originStage: 'operation',
      targetStage: 'strategy',
      ...(promise.service ? { service: promise.service } : {}),
      customers: promise.customers,
    }),
  }));
}

/** A condition that blocks nothing and was not met by its day is something to improve (model GR2). */
export const conditionSubscriber: JournalSubscriber = {
  name: 'improvement.conditions',
  take: async (application, entries) => {
    for (const entry of entries) {
      const condition = lapsedIn(entry);
      if (condition !== undefined) await registerLapsed(application, entry, condition);
    }
  },
};

function lapsedIn({ edits }: JournalEntry): string | undefined {
  const told = edits['_condition'];
  const isLapsed = typeof told === 'object' && told !== null && 'state' in told && told.state === 'lapsed';
  return isLapsed && 'id' in told ? String(told.id) : undefined;
}

async function registerLapsed(application: Application, entry: JournalEntry, id: string): Promise<void> {
  const { providerId, seq, recordType } = entry;
  const lapsed = await lapsedOf(application.pool, providerId, id);
  if (!lapsed || lapsed.blocks !== null) return;
  const { stage } = serverRecord(application.registry, recordType).definition;
  const principal = systemPrincipal(providerId, 'conditions', lapsed.scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `condition ${seq}` };
  await act(application, caller, { command: 'register', type: 'improvement' }, async (work) => ({
    id: await registerOpportunity(work, {
      key: `condition:${id}`,
      detector: 'condition',
      title: `Not kept: ${lapsed.text}`.slice(0, 200),
      description: `${lapsed.gate} was decided on ${lapsed.ref} on the condition "${lapsed.text}", and its day passed without its being met. Find out why, and whether it is still wanted.`,
      // People and organisations are decided on nowhere.
      originStage: stage === 'party' ? 'strategy' : stage,
      customers: lapsed.customers,
    }),
  }));
}
