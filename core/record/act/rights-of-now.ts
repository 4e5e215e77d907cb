import { writesNothing } from '../../permission/ended.ts';
import { requireStanding } from '../../permission/credentials.ts';
import { holdRights, principalOfPerson } from '../../permission/resolve.ts';
import { stop } from '../../refusal/refusal.ts';
import type { Work } from '../define/work.ts';

/**
 * The same work with the rights that its person has now, behind whatever it waited for: they were read when the call came in, and
 * may have ended meanwhile. Whoever ends them from here on waits until the work is done. Asked once all else is locked, before
 * somebody's word is taken for that of an organisation. Refuses by `stop` where session, key or organisation has ended.
 */
export async function byRightsOfNow(work: Work): Promise<Work> {
  const { application, caller, client } = work;
  const { principal } = caller;
  if (principal.kind !== 'person') return work;
  await holdRights(client, principal);
  await requireStanding(client, principal);
  const now = new Date(application.clock()).toISOString();
  const standing = await principalOfPerson(client, application.registry.roles, principal, now);
  const barred = standing && writesNothing(standing);
  if (barred) stop(barred);
  return { ...work, caller: { ...caller, principal: { ...principal, grants: standing?.grants ?? [] } } };
}
