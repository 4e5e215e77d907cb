import { oneByOne } from '../../core/record/edit/one-by-one.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { act } from '../../core/record/act/act.ts';
import { altered } from '../../core/record/edit/derived.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Also, Application, Commands, Work } from '../../core/record/define/work.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { changeRecord } from './record.ts';
import { riskOf } from './risk.ts';
import { isOverLimit, missedWindows } from './store.ts';

export const changeCommands: Commands<typeof changeRecord> = {
  prepare: async (work, values) =>
    Promise.resolve(
      values.raisedBy || work.caller.principal.kind !== 'person' ? {} : { raisedBy: work.caller.principal.id },
    ),
  derive: [
    {
      from: ['impact', 'likelihood'],
      values: (fields) => {
        return { riskScore: riskOf(fields).score };
      },
    },
  ],
  creating: levelled,
  editing: (work, { after }) => levelled(work, after),
  // Two changes of one service are scheduled one after the other, or neither would see the other's window.
  locks: async (_work, change, move) =>
    Promise.resolve(move === 'schedule' && change.fields.service !== null ? [change.fields.service] : []),
};

/** Who may authorise it, by its risk and by what the change managers may commit. */
async function levelled(work: Work, change: RecordOf<typeof changeRecord>): Promise<Also<typeof changeRecord>> {
  const { fields } = change;
  const costOverLimit = await isOverLimit(work, change);
  return { fields: altered(fields, { riskLevel: riskOf({ ...fields, costOverLimit }).level }) };
}

/** Takes scheduled changes whose window went by out of the schedule. */
export async function releaseMissedWindows(application: Application): Promise<void> {
  const now = new Date(application.clock()).toISOString();
  await oneByOne(await missedWindows(application.pool, now), ({ providerId, id, scenarioNow }) => {
    const principal = systemPrincipal(providerId, 'change schedule', scenarioNow);
    const caller = { principal, channel: 'job' as const, requestId: id };
    return act(application, caller, { command: 'miss-window', type: 'change', id }, async (work) => {
      const data = await moveBecause(work, serverRecord(application.registry, changeRecord), id, 'miss-window', {
        reason: 'The window went by.',
      });
      return { id, data };
    });
  });
}
