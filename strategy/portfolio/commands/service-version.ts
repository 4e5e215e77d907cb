import type { RecordOf } from '../../../core/record/define/data.ts';
import type { MoveName, StateName } from '../../../core/record/define/define.ts';
import { lockUnscoped } from '../../../core/record/read/load.ts';
import { moveBecause } from '../../../core/record/edit/move.ts';
import { save } from '../../../core/record/edit/save.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { Commands, Work } from '../../../core/record/define/work.ts';
import type { VersionState } from '../lifecycle/service-version.ts';
import { serviceRecord } from '../record/service.ts';
import type { versionRecord } from '../record/service-version.ts';
import { bestStatus, portfolioSection } from '../section.ts';
import { versionsOf } from '../store/portfolio.ts';

/** A version's moves show on its service. */
export const versionCommands: Commands<typeof versionRecord> = { created: showOnService, moved: showOnService };

async function showOnService(work: Work, version: RecordOf<typeof versionRecord>): Promise<void> {
  const record = serverRecord(work.application.registry, serviceRecord);
  const service = await lockUnscoped(work, record, version.fields.service);
  const status = bestStatus((await versionsOf(work.client, version.providerId, service.id)).map(({ state }) => state));
  if (status && service.fields.status !== status) {
    await save(work, record, service, { fields: { status }, entry: { kind: 'recounted' } });
  }
  const move = status ? sectionMove(service.state, status) : undefined;
  if (move)
    await moveBecause(work, record, service.id, move, {
      reason: `${version.ref} is ${version.state.replaceAll('_', ' ')}.`,
    });
}

/** The move that brings a service to the section of its best version; while it retires it is still supported and stays. */
function sectionMove(
  from: StateName<typeof serviceRecord>,
  status: VersionState,
): MoveName<typeof serviceRecord> | undefined {
  if (status === 'retired') return from === 'retired' ? undefined : 'retire';
  const section = portfolioSection(status);
  if (section === 'catalogue') return from === 'catalogue' ? undefined : 'enter-catalogue';
  if (section !== 'pipeline') return undefined;
  if (from === 'catalogue') return 'leave-catalogue';
  return from === 'retired' ? 'revive' : undefined;
}
