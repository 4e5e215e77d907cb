import type { RecordData } from '../../core/record/data.ts';
import type { Money } from '../../core/record/fields.ts';
import { lockUnscoped } from '../../core/record/load.ts';
import { moveBecause } from '../../core/record/move.ts';
import { link } from '../../core/record/relate.ts';
import { save } from '../../core/record/save.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Commands, Work } from '../../core/record/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { offer } from '../../handover/hand-over/commands.ts';
import { serviceDesignPackageHandOver } from '../../handover/service-design-package/record.ts';
import { costVariance } from './rules.ts';
import { baselinedBefore, packageSummary, passedOn } from './store.ts';

/** What else happens with a service design package. */
export const designCommands: Commands = {
  created: async (work, design) => {
    const packages = serverRecord(work.application.registry, 'service-package');
    const pack = await lockUnscoped(work, packages, String(design.fields['package']));
    if (pack.state !== 'chartered') {
      stop(
        refuse(
          'refused',
          refusal(
            'design.package-not-chartered',
            `${pack.ref} is ${pack.state.replaceAll('_', ' ')}.`,
            'Charter the package first.',
            'package',
          ),
        ),
      );
    }
    await link(work, { type: 'specifiedBy', from: pack.id, to: design.id });
    await moveBecause(work, packages, pack.id, 'start-design');
    await compareWithPackage(work, design);
  },
  edited: compareWithPackage,
  moved: async (work, after, move) => {
    if (move === 'resume') await compareWithPackage(work, after);
    if (move === 'baseline') await supersedeOlder(work, after);
  },
  settled: async (work, after, move) => {
    if (move === 'baseline' || move === 'hand-over-again') await handOverToTransition(work, after);
  },
};

async function handOverToTransition(work: Work, subject: RecordData): Promise<void> {
  const { passed, itemsAccepted } = await passedOn(work.client, subject.providerId, subject.id);
  await offer(work, serviceDesignPackageHandOver, { subject, passed, fields: { itemsAccepted } });
}

/** Keeps the variance from the package up to date; it is bookkeeping that decisions see beside the cost itself. */
async function compareWithPackage(work: Work, { providerId, id, type }: RecordData): Promise<void> {
  const record = serverRecord(work.application.registry, type);
  const before = await lockUnscoped(work, record, id);
  const pack = await packageSummary(work.client, providerId, String(before.fields['package']));
  const variance = costVariance((before.fields['oneOffCost'] ?? null) as Money | null, pack); // a money field
  const service = pack?.serviceId ?? null;
  if (before.fields['costVariance'] === variance && before.fields['service'] === service) return;
  await save(work, record, before, { fields: { costVariance: variance, service }, entry: { kind: 'edited' } });
}

async function supersedeOlder(work: Work, { providerId, id, ref, type }: RecordData): Promise<void> {
  for (const older of await baselinedBefore(work.client, providerId, id)) {
    await moveBecause(work, serverRecord(work.application.registry, type), older, 'supersede', {
      reason: `${ref} is baselined.`,
    });
  }
}
