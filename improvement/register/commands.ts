import { dayMs } from '../../core/clock/units.ts';
import { create } from '../../core/record/edit/create.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { link } from '../../core/record/relate/relate.ts';
import { save } from '../../core/record/edit/save.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import { altered } from '../../core/record/edit/derived.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { askBack } from '../../handover/requirement-back/commands.ts';
import { improvementRecord } from './record.ts';
import { targetRefusals } from './better-side.ts';
import { betterOf, isMeasuredOf, lockKey, openByKey } from './store.ts';
import { comparedFields, frozenFields } from './verification.ts';
import type { Point } from './window.ts';

type Improvement = RecordOf<typeof improvementRecord>;

const daysUntilReview = 90;

/** What else happens with an improvement. */
export const improvementCommands: Commands<typeof improvementRecord> = {
  creating: async (work, improvement) => {
    await refuseWorse(work, improvement);
    refuseEarly({ implementedOn: null, afterSeries: null }, improvement.fields);
    return improvement.customers.length ? {} : { customers: await customersOf(work, improvement) };
  },
  created: joinService,
  edited: joinService,
  editing: async (work, { before, after }) => {
    await refuseWorse(work, after);
    refuseEarly(before.fields, after.fields);
    return {};
  },
  moving: async (work, { after, move }) => {
    if (move === 'justify') return { fields: await frozenFields(work, after) };
    if (move === 'postpone') return { fields: reviewDay(work, after) };
    if (move === 'finish') return { fields: { implementedOn: work.now.slice(0, 10) } };
    return move === 'compare' ? { fields: await comparedFields(work, after) } : {};
  },
  settled: async (work, after, move) => {
    if (move === 'route') await askBack(work, after);
  },
};

/** It improves its service, from when that is named on. */
async function joinService(work: Work, { id, fields: { service } }: Improvement): Promise<void> {
  if (service !== null) await link(work, { type: 'improves', from: id, to: service });
}

/** What comes after is told when it has come, by the moves that ask for it: not while the work is thought over. */
const told = ['implementedOn', 'afterSeries'] as const;
type Told = Pick<Improvement['fields'], (typeof told)[number]>;

function refuseEarly(before: Told, after: Told): void {
  const early = told.filter(
    (name) => Object.keys(altered({ [name]: before[name] }, { [name]: after[name] })).length && after[name] !== null,
  );
  if (early.length)
    stop(
      refuse(
        'refused',
        ...early.map((name) =>
          refusal(
            'improvement.not-implemented',
            'It is not implemented yet.',
            'Leave it out: it is asked for when it is.',
            name,
          ),
        ),
      ),
    );
}

/** Nobody can aim at worse than today, not even for the time of an analysis. */
async function refuseWorse(work: Work, improvement: Improvement): Promise<void> {
  const refusals = targetRefusals(improvement.fields, await betterOf(work.client, improvement));
  if (refusals.length) stop(refuse('refused', ...refusals));
}

/**
 * Whoever has the service decides on its improvement. Its lineage stays its own: a new turn of the loop begins here. What a
 * detector found in the sums of several customers, or in what the provider has of its own, is told to none of them: it would
 * tell each how the others fare.
 */
async function customersOf(work: Work, { fields }: Improvement): Promise<string[]> {
  if (fields.service === null) return [];
  const services = serverRecord(work.application.registry, 'service');
  const { customers } = await lockUnscoped(work, services, fields.service);
  return !fields.detector || (await tellsOnlyOfThem(work, fields.service, customers)) ? customers : [];
}

async function tellsOnlyOfThem(work: Work, service: string, customers: readonly string[]): Promise<boolean> {
  const [customer, ...others] = customers;
  if (!customer || others.length) return false;
  return isMeasuredOf(work.client, { providerId: work.caller.principal.providerId, service, customer });
}

function reviewDay(work: Work, { fields }: Improvement): Partial<Improvement['fields']> {
  if (fields.reviewAt) return {};
  return { reviewAt: new Date(Date.parse(work.now) + daysUntilReview * dayMs).toISOString().slice(0, 10) };
}

export interface Opportunity {
  /** The same cause and place give the same key. */
  key: string;
  detector: string;
  title: string;
  description: string;
  originStage: Improvement['fields']['originStage'];
  targetStage?: Improvement['fields']['originStage'];
  cell?: string;
  service?: string;
  /** Where none are named, those of the service as far as what was found tells only of them. */
  customers?: string[];
  metric?: string;
  unit?: string;
  baselineValue?: number;
  beforeSeries?: Point[];
}

/** Registers what a detector found: once under its key while that improvement is open, counted when it is found again, its figures brought up to date while nobody has taken it up. */
export async function registerOpportunity(work: Work, { key, detector, ...found }: Opportunity): Promise<string> {
  const { providerId } = work.caller.principal;
  const record = serverRecord(work.application.registry, improvementRecord);
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
  const occurrences = (before.fields.occurrences ?? 1) + 1;
  // Customers who read it were told what was theirs: sums of others too are not put in its place.
  const isTold = before.customers.length > 0 && typeof found.service === 'string';
  const mayTell = !isTold || (await tellsOnlyOfThem(work, String(found.service), before.customers));
  await save(work, record, before, {
    fields: { ...(before.state === 'identified' && mayTell ? figures : {}), occurrences, lastSeenAt: work.now },
    entry: { kind: 'recounted' },
  });
  return open;
}
