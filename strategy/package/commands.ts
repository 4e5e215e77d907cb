import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { link, unlink } from '../../core/record/relate/relate.ts';
import { save } from '../../core/record/edit/save.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { offer } from '../../handover/hand-over/commands.ts';
import { servicePackageHandOver } from '../../handover/service-package/record.ts';
import { beginVersion, planSubscriptions } from '../portfolio/index.ts';
import { packageRecord } from './record.ts';
import { coveredBy, deliveredBefore, packagesPromising, passedOn, promisedBy, writeSummary } from './store.ts';

/** What else happens with a service package. */
export const packageCommands: Commands<typeof packageRecord> = {
  created: async (work, given) => {
    await takeUp(work, given);
    await demandAgreed(work, given);
    await promiseOutcomes(work, given);
    const { service, version } = await beginVersion(work, given);
    await link(work, { type: 'proposes', from: given.id, to: version });
    const record = serverRecord(work.application.registry, packageRecord);
    const before = await lockUnscoped(work, record, given.id);
    await save(work, record, before, { fields: { service, serviceVersion: version }, entry: { kind: 'edited' } });
    await summarise(work, given);
  },
  edited: async (work, pack) => {
    await takeUp(work, pack);
    await summarise(work, pack);
  },
  moved: async (work, after, move) => {
    if (move === 'submit') await promiseOutcomes(work, after);
    if (move === 'charter') await planSubscriptions(work, after);
    if (move === 'deliver') await supersedeOlder(work, after);
    await summarise(work, after);
  },
  settled: async (work, after, move) => {
    if (move === 'charter' || move === 'hand-over-again') await handOverToDesign(work, after);
  },
};

async function handOverToDesign(work: Work, subject: RecordData): Promise<void> {
  const passed = await passedOn(work.client, subject.providerId, subject.id);
  await offer(work, servicePackageHandOver, { subject, passed });
}

/** It packages the requirement that it starts from, from when that is named on. */
async function takeUp(work: Work, { id, fields: { requirement } }: RecordOf<typeof packageRecord>): Promise<void> {
  if (requirement !== null) await link(work, { type: 'packagedIn', from: requirement, to: id });
}

async function summarise(work: Work, { providerId, id }: Pick<RecordData, 'providerId' | 'id'>): Promise<void> {
  await writeSummary(work.client, providerId, id, work.now);
}

async function demandAgreed(work: Work, { providerId, id }: RecordData): Promise<void> {
  const covered = await coveredBy(work.client, providerId, id);
  if (covered.some(({ state }) => state === 'agreed')) return;
  const why = covered.length ? 'None of its requirements is agreed.' : 'A package starts from an agreed requirement.';
  stop(
    refuse(
      'refused',
      refusal('package.no-agreed-requirement', why, 'Name an agreed requirement to start from.', 'requirement'),
    ),
  );
}

/** The package promises every outcome that its requirements expect, and no other. */
async function promiseOutcomes(work: Work, { providerId, id }: RecordData): Promise<void> {
  const expected = new Set((await coveredBy(work.client, providerId, id)).flatMap((each) => each.outcomes));
  for (const outcome of expected) await link(work, { type: 'promises', from: id, to: outcome });
  for (const outcome of await promisedBy(work.client, providerId, id))
    if (!expected.has(outcome)) await unlink(work, { type: 'promises', from: id, to: outcome }, notExpected);
}

const notExpected = 'No requirement of the package expects it any more.';

async function supersedeOlder(work: Work, { providerId, id, ref }: RecordData): Promise<void> {
  for (const older of await deliveredBefore(work.client, providerId, id)) {
    await moveBecause(work, serverRecord(work.application.registry, packageRecord), older, 'supersede', {
      reason: `${ref} is delivered.`,
    });
  }
}

/** Brings the summaries up to date of the packages that promise an edited outcome. */
export async function refreshSummaries(work: Work, outcome: Pick<RecordData, 'providerId' | 'id'>): Promise<void> {
  for (const id of await packagesPromising(work.client, outcome.providerId, outcome.id)) {
    await summarise(work, { providerId: outcome.providerId, id });
  }
}
