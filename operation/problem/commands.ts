import { create } from '../../core/record/edit/create.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { linkAll } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { problemRecord } from './record.ts';
import { problemPriority } from './rules.ts';
import {
  clusterIn,
  hasUnnamed,
  latestOf,
  least,
  lockCluster,
  openProblemOf,
  recurrenceDays,
  unlinkedLike,
} from './store.ts';
import type { Cluster } from './store.ts';

const judged = ['frequency', 'impact', 'recurrenceCost'] as const;

/** What else happens with a problem: what is judged of it gives its priority, and an incident joined to it may bring it back. */
export const problemCommands: Commands<typeof problemRecord> = {
  derive: [{ from: judged, values: (fields) => ({ priority: problemPriority(fields) }) }],
  editing: async (_work, { before, after }) => {
    const isJudgedAnew = judged.some((name) => before.fields[name] !== after.fields[name]);
    if (before.fields.priority && isJudgedAnew) stop(needsReason);
    return Promise.resolve({});
  },
  linked: async (work, { type, from, to }) => {
    if (type === 'causedBy') await join(work, to, from);
  },
};

const needsReason = refuse(
  'refused',
  refusal(
    'problem.priority-reason',
    'A priority once set is altered with a reason only.',
    'Alter it by "Set another priority".',
    'frequency',
  ),
);

/**
 * An incident that began after it was resolved shows that it was not. Whose incident it is widens nothing: what was written of
 * the problem for others is shown to nobody more until a person names them (rule `customers-named`).
 */
async function join(work: Work, problem: string, incidents: readonly string[]): Promise<void> {
  const record = serverRecord(work.application.registry, problemRecord);
  const before = await lockUnscoped(work, record, problem);
  if (before.state === 'accepted_unresolved' && (await hasUnnamed(work.client, before)))
    await moveBecause(work, record, problem, 'review', {
      reason: 'It caused an incident of a customer who has not decided to live with it.',
    });
  if (before.state !== 'resolved') return;
  const last = await latestOf(work.client, before.providerId, incidents);
  if (last.began > String(before.fields.resolvedAt))
    await moveBecause(work, record, problem, 'recur', { reason: `${last.ref} began after it was resolved.` });
}

/** Incidents of one cluster that no problem is named for. */
export interface Recurrence extends Cluster {
  incidents: readonly string[];
}

/**
 * Incidents that come again (model F.3): those of a cluster that has a problem are joined to it; else, once there are enough
 * of them, they give one. Safe to repeat.
 */
export async function takeRecurrence(work: Work, { incidents, ...cluster }: Recurrence): Promise<string | undefined> {
  await lockCluster(work.client, cluster);
  const open = await openProblemOf(work.client, cluster);
  if (open) {
    await linkAll(work, { type: 'causedBy', from: incidents, to: open });
    return open;
  }
  const like = await unlinkedLike(work.client, cluster, work.now);
  if (like.length < least) return undefined;
  const { id } = await propose(work, cluster);
  await linkAll(work, { type: 'causedBy', from: like, to: id });
  return id;
}

/** In words that tell no customer how the others fare. */
async function propose(work: Work, cluster: Cluster): Promise<RecordData> {
  const { service, component, category } = cluster;
  const names = await clusterIn(work.client, cluster);
  const what = category ?? names.component ?? names.service;
  return create(
    work,
    serverRecord(work.application.registry, problemRecord),
    {
      title: `Recurring: ${what}, ${names.service}`.slice(0, 200),
      owner: null,
      service,
      ...(component ? { component } : {}),
      ...(category ? { category } : {}),
      source: 'recurrence',
      description: `At least ${least} incidents of the same service, component and category within ${recurrenceDays} days.`,
    },
    { byCommand: true },
  );
}
