import type { RecordOf } from '../../../core/record/define/data.ts';
import { lockUnscoped } from '../../../core/record/read/load.ts';
import { moveBecause } from '../../../core/record/edit/move.ts';
import { save } from '../../../core/record/edit/save.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { Commands, Work } from '../../../core/record/define/work.ts';
import { serviceRecord } from '../record/service.ts';
import type { versionRecord } from '../record/service-version.ts';
import { bestStatus, sectionMove } from '../section.ts';
import { versionsOf } from '../store/portfolio.ts';

/** A version's moves show on its service. */
export const versionCommands: Commands<typeof versionRecord> = { created: showOnService, moved: showOnService };

async function showOnService(work: Work, version: RecordOf<typeof versionRecord>): Promise<void> {
  const record = serverRecord(work.application.registry, serviceRecord);
  const service = await lockUnscoped(work, record, version.fields.service);
  const versions = (await versionsOf(work.client, version.providerId, service.id)).map(({ state }) => state);
  const status = bestStatus(versions);
  if (status && service.fields.status !== status) {
    await save(work, record, service, { fields: { status }, entry: { kind: 'recounted' } });
  }
  const move = sectionMove({ state: service.state, isTakenOver: service.fields.takenOverAt !== null }, versions);
  if (move)
    await moveBecause(work, record, service.id, move, {
      reason: `${version.ref} is ${version.state.replaceAll('_', ' ')}.`,
    });
}
