import { lookAgain } from '../../core/decision/basis-again.ts';
import type { JournalEntry } from '../../core/journal/format/entry.ts';
import { movesTold } from '../../core/journal/format/made.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { lookup } from '../../core/names/lookup.ts';
import type { Application } from '../../core/record/define/work.ts';
import { policyRecord } from './record/policy.ts';
import { waiverRecord } from './record/waiver.ts';
import { gatesOf, lineageOf } from './store.ts';

/** What makes a policy bind, or no more, what was decided before; and what takes a waiver away. */
const moved: Readonly<Record<string, readonly string[]>> = lookup({
  [policyRecord.type]: ['enforce', 'supersede', 'withdraw'],
  [waiverRecord.type]: ['grant', 'expire', 'revoke'],
});

/** Who decided before a policy was revised, or before a waiver ended, is asked again (model R13). */
export const policyMovedSubscriber: JournalSubscriber = {
  name: 'strategy.policy-moved',
  types: Object.keys(moved),
  take: async (application, entries) => {
    for (const entry of entries)
      if (movesTold(entry).some((move) => moved[entry.recordType]?.includes(move))) await ask(application, entry);
  },
};

async function ask(application: Application, { providerId, recordId, recordType }: JournalEntry): Promise<void> {
  const { pool } = application;
  if (recordType === policyRecord.type)
    await lookAgain(application, { providerId, gates: await gatesOf(pool, providerId, recordId), lineage: null });
  else await lookAgain(application, { providerId, gates: null, lineage: await lineageOf(pool, providerId, recordId) });
}
