import { endDecisions } from '../../core/decision/record-decision.ts';
import { canonical, sha256 } from '../../core/journal/hash.ts';
import { link } from '../../core/record/relate.ts';
import { save } from '../../core/record/save.ts';
import type { RecordData } from '../../core/record/data.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Commands, Work } from '../../core/record/work.ts';
import { offer } from '../../handover/hand-over/commands.ts';
import { serviceReleaseHandOver } from '../../handover/service-release/record.ts';
import { acceptancesOf, componentsOf, passedOn, supportOf } from './store.ts';

export const releaseCommands: Commands = {
  created: async (work, release) => {
    const { designPackage, serviceVersion } = release.fields;
    if (typeof designPackage === 'string') await link(work, { type: 'builds', from: designPackage, to: release.id });
    if (typeof serviceVersion === 'string')
      await link(work, { type: 'delivers', from: release.id, to: serviceVersion });
  },
  moved: async (work, release, move) => {
    if (move === 'assemble') await keepManifest(work, release);
    if (move === 'back-out') await consumeAcceptance(work, release);
  },
  settled: async (work, release, move) => {
    if (move === 'verify' || move === 'hand-over-again') await handOverToOperation(work, release);
  },
};

/** Early life ends on its acceptance: it is evidence at gate G5. */
async function handOverToOperation(work: Work, subject: RecordData): Promise<void> {
  const passed = await passedOn(work, subject.providerId, subject.id);
  const handOver = await offer(work, serviceReleaseHandOver, { subject, passed });
  for (const support of await supportOf(work, subject.providerId, subject.id))
    await link(work, { type: 'relieves', from: handOver.id, to: support });
}

/** The manifest names each component with the hash of its baseline; what is tested and accepted later is exactly this. */
async function keepManifest(work: Work, release: RecordData): Promise<void> {
  const components = await componentsOf(work, release.providerId, release.id);
  const manifest = components.map(({ id, ref, hash }) => ({ component: id, ref, hash }));
  await save(work, serverRecord(work.application.registry, 'release'), release, {
    fields: { manifest, manifestHash: sha256(canonical(manifest)) },
    entry: { kind: 'edited' },
  });
}

/** After a back-out the acceptance is used up: the next attempt needs a new one. */
async function consumeAcceptance(work: Work, release: RecordData): Promise<void> {
  const reason = 'The release was backed out.';
  const extra = await endDecisions(work, await acceptancesOf(work, release.providerId, release.id), 'consumed', reason);
  if (!Object.keys(extra).length) return;
  await save(work, serverRecord(work.application.registry, 'release'), release, {
    extra,
    entry: { kind: 'edited', reason },
  });
}
