import { endDecisions } from '../../core/decision/end.ts';
import type { Ended } from '../../core/decision/end.ts';
import { canonical, sha256 } from '../../core/journal/format/hash.ts';
import { link } from '../../core/record/relate/relate.ts';
import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import type { Also, Commands, Work } from '../../core/record/define/work.ts';
import { offer } from '../../handover/hand-over/commands.ts';
import { serviceReleaseHandOver } from '../../handover/service-release/record.ts';
import type { releaseRecord } from './record.ts';
import { acceptancesOf, componentsOf, passedOn, supportOf } from './store.ts';

export const releaseCommands: Commands<typeof releaseRecord> = {
  created: joinThread,
  edited: joinThread,
  moving: async (work, { after, move }) => {
    if (move === 'assemble') return { fields: await manifestOf(work, after) };
    return move === 'back-out' ? { extra: await consumeAcceptance(work, after) } : {};
  },
  settled: async (work, release, move) => {
    if (move === 'verify' || move === 'hand-over-again') await handOverToOperation(work, release);
  },
};

/** It builds its design and delivers its version, from when they are named on. */
async function joinThread(work: Work, { id, fields }: RecordOf<typeof releaseRecord>): Promise<void> {
  const { designPackage, serviceVersion } = fields;
  if (designPackage !== null) await link(work, { type: 'builds', from: designPackage, to: id });
  if (serviceVersion !== null) await link(work, { type: 'delivers', from: id, to: serviceVersion });
}

/** Early life ends on its acceptance: it is evidence at gate G5. */
async function handOverToOperation(work: Work, subject: RecordData): Promise<void> {
  const passed = await passedOn(work, subject.providerId, subject.id);
  const handOver = await offer(work, serviceReleaseHandOver, { subject, passed });
  for (const support of await supportOf(work, subject.providerId, subject.id))
    await link(work, { type: 'relieves', from: handOver.id, to: support });
}

/** The manifest names each component with the hash of its baseline; what is tested and accepted later is exactly this. */
async function manifestOf(work: Work, release: RecordData): Promise<Also<typeof releaseRecord>['fields']> {
  const components = await componentsOf(work, release.providerId, release.id);
  const manifest = components.map(({ id, ref, hash }) => ({ component: id, ref, hash }));
  return { manifest, manifestHash: sha256(canonical(manifest)) };
}

/** After a back-out the acceptance is used up: the next attempt needs a new one. */
async function consumeAcceptance(work: Work, release: RecordData): Promise<Ended> {
  const acceptances = await acceptancesOf(work, release.providerId, release.id);
  return endDecisions(work, acceptances, 'consumed', 'The release was backed out.');
}
