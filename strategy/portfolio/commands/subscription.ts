import type { RecordOf } from '../../../core/record/define/data.ts';
import type { MoveName, StateName } from '../../../core/record/define/define.ts';
import { lockUnscoped } from '../../../core/record/read/load.ts';
import { moveBecause } from '../../../core/record/edit/move.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { Commands, Work } from '../../../core/record/define/work.ts';
import { subscriptionRecord } from '../record/subscription.ts';
import { versionRecord } from '../record/service-version.ts';
import { closeLiveInterval, olderLive, openLiveInterval, subscriptionsOf } from '../store/portfolio.ts';

type Subscription = RecordOf<typeof subscriptionRecord>;

const ending: readonly MoveName<typeof subscriptionRecord>[] = ['end', 'supersede', 'back-out'];
const live: readonly string[] = ['live_els', 'live'] satisfies StateName<typeof subscriptionRecord>[];

/** Live intervals open and close with subscriptions; a newer version replaces the older one when its early life ends. */
export const subscriptionCommands: Commands<typeof subscriptionRecord> = {
  moved: async (work, after, move) => {
    if (move === 'go-live') await goLive(work, after);
    if (ending.includes(move)) await closeLiveInterval(work.client, after.providerId, after.id, work.now);
    if (move === 'exit-early-life') await replaceOlder(work, after);
  },
};

async function goLive(work: Work, after: Subscription): Promise<void> {
  await openLiveInterval(work.client, after.providerId, after.id, work.now);
  const { registry } = work.application;
  const version = after.fields.serviceVersion;
  const all = await subscriptionsOf(work.client, after.providerId, version);
  // Of who opted out it has ended before it began.
  if (!all.every(({ state }) => state === 'ended' || live.includes(state))) return;
  const { fields } = await lockUnscoped(work, serverRecord(registry, versionRecord), version);
  if (fields.package === null) return;
  const pack = await lockUnscoped(work, serverRecord(registry, 'service-package'), fields.package);
  if (pack.state === 'in_design') await moveBecause(work, serverRecord(registry, pack.type), pack.id, 'deliver');
}

/** Until here both versions were live together: the way back is open during early life support. */
async function replaceOlder(work: Work, after: Subscription): Promise<void> {
  const { registry } = work.application;
  const reason = `${after.ref} replaces it.`;
  for (const older of await olderLive(work.client, after.providerId, after.id)) {
    await moveBecause(work, serverRecord(registry, subscriptionRecord), older.id, 'supersede', { reason });
    const left = await subscriptionsOf(work.client, after.providerId, older.serviceVersion);
    if (left.some(({ state }) => state !== 'ended')) continue;
    await moveBecause(work, serverRecord(registry, versionRecord), older.serviceVersion, 'supersede', { reason });
  }
}
