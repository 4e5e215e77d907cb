import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { link } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Also, Commands, Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { offer } from '../../handover/hand-over/commands.ts';
import { serviceDesignPackageHandOver } from '../../handover/service-design-package/record.ts';
import { designRecord } from './record.ts';
import { costVariance } from './rules.ts';
import { baselinedBefore, packageSummary, passedOn } from './store.ts';

/** What else happens with a service design package. */
export const designCommands: Commands<typeof designRecord> = {
  created: async (work, design) => {
    const packages = serverRecord(work.application.registry, 'service-package');
    const pack = await lockUnscoped(work, packages, design.fields.package);
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
  },
  creating: comparedWithPackage,
  editing: (work, { after }) => comparedWithPackage(work, after),
  moving: async (work, { after, move }) => (move === 'resume' ? comparedWithPackage(work, after) : {}),
  moved: async (work, after, move) => {
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

/** The variance from the package; it is bookkeeping that decisions see beside the cost itself. */
async function comparedWithPackage(
  work: Work,
  { providerId, fields }: RecordOf<typeof designRecord>,
): Promise<Also<typeof designRecord>> {
  const pack = await packageSummary(work.client, providerId, fields.package);
  const variance = costVariance(fields.oneOffCost, pack);
  return { fields: { costVariance: variance, service: pack?.serviceId ?? null } };
}

async function supersedeOlder(work: Work, { providerId, id, ref }: RecordData): Promise<void> {
  for (const older of await baselinedBefore(work.client, providerId, id)) {
    await moveBecause(work, serverRecord(work.application.registry, designRecord), older, 'supersede', {
      reason: `${ref} is baselined.`,
    });
  }
}
