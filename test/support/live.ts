// A live service without the whole way there: what the chain does elsewhere is done as the system.
import { moveAsSystem } from '../../core/record/edit/move-as-system.ts';
import type { TestApplication } from './application.ts';
import { agreedRequirement, charteredPackage } from './thread.ts';
import type { Cast } from './thread.ts';

export async function bySystem(
  { application, providerId }: TestApplication,
  type: string,
  id: string,
  moves: readonly string[],
): Promise<void> {
  for (const move of moves) {
    const outcome = await moveAsSystem(application, { providerId, type, id, move, reason: 'Test.' });
    if (!outcome.ok) throw new Error(`${move}: ${outcome.refusals.map(({ sentence }) => sentence).join(' ')}`);
  }
}

export interface Live {
  requirement: string;
  outcome: string;
  service: string;
  version: string;
}

/** A service live since the middle of 31 March 2026 in London; it is September now. */
export async function liveService(app: TestApplication, cast: Cast): Promise<Live> {
  app.clock.set('2026-03-02T09:00:00Z');
  const requirement = await agreedRequirement(cast);
  const pack = await charteredPackage(cast, requirement);
  const version = pack.fields.serviceVersion;
  await bySystem(app, 'service-version', version, ['accept-design', 'develop', 'build', 'test', 'release']);
  const subscriptions = (await cast.portfolio.get(`/subscriptions?serviceVersion=${version}`)).body.items;
  app.clock.set('2026-03-31T12:00:00Z');
  await bySystem(app, 'service-version', version, ['go-live']);
  for (const { id } of subscriptions) await bySystem(app, 'subscription', id, ['release', 'go-live']);
  app.clock.set('2026-09-15T09:00:00Z');
  return { requirement: requirement.id, outcome: requirement.outcome, service: pack.fields.service, version };
}
