// API keys as the application makes them, for tests that call it as somebody who is there already.
import { makeKey } from '../../core/party/make-key.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { TestApplication } from './application.ts';

export async function keyOf(
  { application, database }: Pick<TestApplication, 'application' | 'database'>,
  personId: string,
  name = 'test',
): Promise<string> {
  const { rows } = await database.ownerPool.query<{ provider: string; scenarioNow: string | null }>(
    `select p.provider_id as provider, v.scenario_now as "scenarioNow"
     from core.person p
     join core.provider v on v.id = p.provider_id
     where p.id = $1`,
    [personId],
  );
  const [of] = rows;
  if (!of) throw new Error(`no person ${personId}`);
  const principal = systemPrincipal(of.provider, 'test arrangement', of.scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: 'arrange' };
  const made = await makeKey(application, caller, personId, { name, scopes: ['read', 'write', 'decide'] });
  if (!made.ok) throw new Error(made.refusals.map(({ sentence }) => sentence).join(' '));
  return made.value.key;
}
