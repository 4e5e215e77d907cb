import { create } from '../../core/record/create.ts';
import type { RecordData } from '../../core/record/data.ts';
import { lockUnscoped } from '../../core/record/load.ts';
import { link } from '../../core/record/relate.ts';
import { save } from '../../core/record/save.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Commands, Work } from '../../core/record/work.ts';
import { refuse, stop } from '../../core/refusal/refusal.ts';
import { askBack } from '../../handover/requirement-back/commands.ts';
import { targetRefusals } from './better-side.ts';
import { betterOf, lockKey, openByKey } from './store.ts';
import { comparedFields, frozenFields } from './verification.ts';
import type { Point } from './window.ts';

const daysUntilReview = 90;

/** What else happens with an improvement. */
export const improvementCommands: Commands = {
  created: async (work, improvement) => {
    await refuseWorse(work, improvement);
    const { service } = improvement.fields;
    if (typeof service !== 'string') return;
    await link(work, { type: 'improves', from: improvement.id, to: service });
    if (!improvement.customers.length) await shareWithCustomers(work, improvement, service);
  },
  edited: refuseWorse,
  moved: async (work, after, move) => {
    if (move === 'justify') await write(work, after, await frozenFields(work, after));
    if (move === 'postpone') await dateReview(work, after);
    if (move === 'finish') await write(work, after, { implementedOn: work.now.slice(0, 10) });
    if (move === 'compare') await write(work, after, await comparedFields(work, after));
  },
  settled: async (work, after, move) => {
    if (move === 'route') await askBack(work, after);
  },
};

/** Nobody can aim at worse than today, not even for the time of an analysis. */
async function refuseWorse(work: Work, improvement: RecordData): Promise<void> {
  const refusals = targetRefusals(improvement.fields, await betterOf(work.client, improvement));
  if (refusals.length) stop(refuse('refused', ...refusals));
}

/**
 * Whoever has the service decides on its improvement. Its lineage stays its own: a new turn of the loop begins here. What a
 * detector found in the sums of several customers is told to none of them: it would tell each how the others fare.
 */
async function shareWithCustomers(work: Work, { id, type, fields }: RecordData, service: string): Promise<void> {
  const { registry } = work.application;
  const { customers } = await lockUnscoped(work, serverRecord(registry, 'service'), service);
  if (fields['detector'] && customers.length > 1) return;
  const record = serverRecord(registry, type);
  await save(work, record, await lockUnscoped(work, record, id), { customers, entry: { kind: 'edited' } });
}

async function write(work: Work, { id, type }: RecordData, fields: Record<string, unknown>): Promise<void> {
  const record = serverRecord(work.application.registry, type);
  await save(work, record, await lockUnscoped(work, record, id), { fields, entry: { kind: 'edited' } });
}

async function dateReview(work: Work, after: RecordData): Promise<void> {
  if (after.fields['reviewAt']) return;
  const day = new Date(Date.parse(work.now) + daysUntilReview * 86_400_000).toISOString().slice(0, 10);
  await write(work, after, { reviewAt: day });
}

export interface Opportunity {
  /** The same cause and place give the same key. */
  key: string;
  detector: string;
  title: string;
  description: string;
  originStage: 'strategy' | 'design' | 'transition' | 'operation' | 'improvement';
  targetStage?: string;
  cell?: string;
  service?: string;
  customers: string[];
  metric?: string;
  unit?: string;
  baselineValue?: number;
  beforeSeries?: Point[];
}

/** Registers what a detector found: once under its key while that improvement is open, counted when it is found again, its figures brought up to date while nobody has taken it up. */
export async function registerOpportunity(work: Work, { key, detector, ...found }: Opportunity): Promise<string> {
  const { providerId } = work.caller.principal;
  const record = serverRecord(work.application.registry, 'improvement');
  const { description, baselineValue, beforeSeries } = found;
  const figures = {
    description,
    ...(baselineValue === undefined ? {} : { baselineValue }),
    ...(beforeSeries ? { beforeSeries } : {}),
  };
  await lockKey(work.client, providerId, key);
  const open = await openByKey(work.client, providerId, key);
  if (!open) {
    const derived = { dedupKey: key, detector, occurrences: 1, lastSeenAt: work.now };
    return (await create(work, record, { ...found, owner: null }, { byCommand: true, derived })).id;
  }
  const before = await lockUnscoped(work, record, open);
  const occurrences = Number(before.fields['occurrences'] ?? 1) + 1;
  await save(work, record, before, {
    fields: { ...(before.state === 'identified' ? figures : {}), occurrences, lastSeenAt: work.now },
    entry: { kind: 'edited' },
  });
  return open;
}
