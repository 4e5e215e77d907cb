import type { Profile } from '../../core/lifecycle/profile.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Work } from '../../core/record/define/work.ts';
import { newestHandOver } from '../../handover/hand-over/store.ts';
import { serviceReleaseHandOver } from '../../handover/service-release/record.ts';
import { waiversGranted } from '../criterion-waiver/index.ts';
import type { earlyLifeRecord } from './record.ts';
import type { EarlyLifeFacts } from './rules.ts';

/** What the rules of early life support need to know, over $1 = provider and $2 = record. */
export const earlyLifeFacts: FactsFor<typeof earlyLifeRecord, EarlyLifeFacts> = {
  waivers: waiversGranted,
  handOver: newestHandOver(
    serviceReleaseHandOver,
    '(select e.release from transition.early_life_support e where e.provider_id = $1 and e.id = $2)',
  ),
};

/** The profile that early life support takes over from its release. */
export async function profileOfRelease(work: Work, release: string): Promise<Profile | null> {
  const { rows } = await work.client.query<{ profile: Profile | null }>(
    'select profile from core.record where provider_id = $1 and id = $2',
    [work.caller.principal.providerId, release],
  );
  return rows[0]?.profile ?? null;
}
