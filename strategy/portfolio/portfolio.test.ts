import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveAsSystem } from '../../core/record/edit/move-as-system.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, castOf, charteredPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';
import { versionLifecycle } from './lifecycle/service-version.ts';
import type { VersionState } from './lifecycle/service-version.ts';
import { bestStatus, portfolioSection, stageOfVersion } from './section.ts';
import { weightedAttainment } from './value.ts';

let app: TestApplication;
let cast: Cast;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

async function bySystem(type: string, id: string, moves: readonly string[]): Promise<void> {
  for (const move of moves) {
    const due = { providerId: app.providerId, type, id, move, reason: 'Test.' };
    const outcome = await moveAsSystem(app.application, due);
    if (!outcome.ok) throw new Error(`${move}: ${outcome.refusals.map(({ sentence }) => sentence).join(' ')}`);
  }
}

/** A package whose version and subscription are live. */
async function livePackage(more: object = {}): Promise<{ pack: Body; subscription: string }> {
  const pack = await charteredPackage(cast, await agreedRequirement(cast), more);
  const version = pack.fields.serviceVersion;
  const [subscription] = (await cast.portfolio.get(`/subscriptions?serviceVersion=${version}`)).body.items;
  await bySystem('service-package', pack.id, ['start-design']);
  await bySystem('service-version', version, ['accept-design', 'develop', 'build', 'test', 'release', 'go-live']);
  await bySystem('subscription', subscription.id, ['release', 'go-live']);
  return { pack, subscription: subscription.id };
}

/** An agreement of the customer on a service, in force since before. */
async function inForce(levels: Client, service: string): Promise<string> {
  const { id } = await levels.create('agreements', {
    title: 'Slots, agreed',
    service,
    customer: cast.customer,
    customers: [cast.customer],
    calendar: ukOffice,
    targets: [{ priority: 'P2', restoreMinutes: 480 }],
    effectiveFrom: '2026-03-01T00:00:00.000Z',
  });
  await levels.move('agreements', id, 'negotiate');
  await levels.move('agreements', id, 'sign-provider');
  await cast.representative.move('agreements', id, 'sign-customer');
  await levels.move('agreements', id, 'put-in-force');
  return id;
}

const stateOf = async (path: string, id: string) => (await cast.portfolio.get(`/${path}/${id}`)).body.record.state;

describe('the section of the portfolio', () => {
  it('is derived for every status', () => {
    const of = Object.keys(versionLifecycle.states).map((state) => [state, portfolioSection(state as VersionState)]);
    const inSection = (section: string) => of.filter(([, each]) => each === section).map(([state]) => state);
    expect(inSection('catalogue')).toEqual(['live_els', 'live', 'live_restricted']);
    expect(inSection('retired')).toEqual(['retiring', 'retired']);
    expect(inSection('pipeline')).toHaveLength(10);
  });

  it('is that of the best version: live before anything in the pipeline', () => {
    expect(bestStatus(['tested', 'live_restricted', 'cancelled'])).toBe('live_restricted');
    expect(bestStatus([])).toBeNull();
    expect(stageOfVersion('retired')).toBeNull();
  });
});

describe('the value of a service', () => {
  it('is unknown while an outcome is unmeasured, else weighted exactly', () => {
    expect(
      weightedAttainment([
        { weight: 0.5, attainment: 1 },
        { weight: 0.5, attainment: null },
      ]),
    ).toBeNull();
    expect(weightedAttainment([])).toBeNull();
    const june = [0.859375, 0.8, 0.9].map((attainment, index) => ({ attainment, weight: [0.5, 0.3, 0.2][index] ?? 0 }));
    expect(weightedAttainment(june)).toBeCloseTo(0.8496875, 12);
  });
});

describe('a service version', () => {
  it('is moved by nobody by hand', async () => {
    const pack = await charteredPackage(cast, await agreedRequirement(cast));
    const path = `/service-versions/${pack.fields.serviceVersion}/moves/accept-design`;
    expect((await cast.portfolio.post(path, { expectedVersion: 1 })).status).toBe(404);
  });

  it('brings its service into the catalogue and delivers its package when every customer has it', async () => {
    const { pack } = await livePackage();
    expect(await stateOf('services', pack.fields.service)).toBe('catalogue');
    expect(await stateOf('service-packages', pack.id)).toBe('delivered');
  });

  it('stays live beside its successor until early life support of that ends', async () => {
    const first = await livePackage();
    const second = await livePackage({ service: first.pack.fields.service });
    expect(second.pack.fields.service).toBe(first.pack.fields.service);
    expect(await stateOf('service-versions', first.pack.fields.serviceVersion)).toBe('live_els');
    await bySystem('service-version', second.pack.fields.serviceVersion, ['exit-early-life']);
    await bySystem('subscription', second.subscription, ['exit-early-life']);
    expect(await stateOf('service-versions', first.pack.fields.serviceVersion)).toBe('retired');
    expect(await stateOf('subscriptions', first.subscription)).toBe('ended');
    expect(await stateOf('service-packages', first.pack.id)).toBe('superseded');
  });

  // Looked at besides: incidents of the service, agreements of another version's service, components that a live version shares.
  it('is gone only on its day, with its agreement ended, its components withdrawn and what its customer says of the data', async () => {
    const { pack, subscription } = await livePackage();
    const { serviceVersion: version, service } = pack.fields;
    await bySystem('service-version', version, ['exit-early-life']);
    await bySystem('subscription', subscription, ['exit-early-life']);
    const levels = await app.person('Level Manager', ['SLM']);
    const mover = await app.person('Moves On', ['TRM']);
    const agreement = await inForce(levels, service);
    const { id: designed } = await charteredPackage(cast, await agreedRequirement(cast));
    const designPackage = await arranged(app, 'design-package', { title: 'Slots, designed', package: designed });
    const part = await arranged(app, 'component', { title: 'Slot finder', designPackage }, 'in_service');
    await arranged(app, 'release', {
      title: 'Slots 1.0',
      serviceVersion: version,
      links: [{ type: 'contains', to: part }],
    });
    await cast.portfolio.move('service-versions', version, 'plan-retirement', {
      retirementPlan: 'Move everybody to the other one.',
      retireOn: '2026-12-31',
    });
    await cast.sponsor.decide('G8', version);
    const why = async () => (await mover.tryDecide('P11', version)).body.refusals.map(({ code }: Body) => code);
    expect(await why()).toEqual([
      'portfolio.not-yet',
      'portfolio.agreement-in-force',
      'portfolio.component-in-service',
      'decision.evidence-missing',
      'decision.evidence-missing',
    ]);
    await cast.representative.move('agreements', agreement, 'terminate', { reason: 'It is gone.' });
    await mover.move('components', part, 'deprecate', { reason: 'Nobody needs it.' });
    await mover.move('components', part, 'withdraw', { reason: 'Wiped.' });
    const data = { gate: 'P11', title: 'Data handed over or destroyed, with its certificate', statement: 'Wiped.' };
    expect((await mover.post(`/records/${version}/attestations`, data)).status).toBe(403);
    app.clock.set('2026-12-31T09:00:00.000Z');
    expect(await why()).toEqual(['decision.evidence-missing', 'decision.evidence-missing']);
    await mover.decide('P11', version);
    expect(await stateOf('service-versions', version)).toBe('retired');
  });

  it('stays live where who retired it takes that back', async () => {
    const { pack, subscription } = await livePackage();
    const version = pack.fields.serviceVersion;
    await bySystem('service-version', version, ['exit-early-life']);
    await bySystem('subscription', subscription, ['exit-early-life']);
    await cast.portfolio.move('service-versions', version, 'plan-retirement', {
      retirementPlan: 'Move everybody to the other one.',
      retireOn: '2026-12-31',
    });
    await cast.sponsor.decide('G8', version);
    await cast.sponsor.decide('G8', version, { outcome: 'withdraw', reason: 'The other one is late.' });
    expect([await stateOf('service-versions', version), await stateOf('subscriptions', subscription)]).toEqual([
      'live',
      'live',
    ]);
  });

  it('is retired by its customers, with a plan, and reversed while they still have it', async () => {
    const { pack, subscription } = await livePackage();
    const version = pack.fields.serviceVersion;
    await bySystem('service-version', version, ['exit-early-life']);
    await bySystem('subscription', subscription, ['exit-early-life']);
    const refused = await cast.sponsor.tryDecide('G8', version);
    expect(refused.body.refusals).toMatchObject([
      { code: 'portfolio.no-plan' },
      { code: 'decision.not-asked' },
      { code: 'decision.evidence-missing', sentence: '"Retirement plan" is missing.' },
      { code: 'decision.evidence-missing', sentence: '"Consumers by register and observed use" is missing.' },
    ]);
    await cast.portfolio.move('service-versions', version, 'plan-retirement', {
      retirementPlan: 'Move everybody to the other one.',
      retireOn: '2026-12-31',
    });
    await cast.sponsor.decide('G8', version);
    expect(await stateOf('subscriptions', subscription)).toBe('retiring');
    await cast.sponsor.move('service-versions', version, 'reverse-retirement', { reason: 'It is needed.' });
    expect(await stateOf('subscriptions', subscription)).toBe('live');
  });
});
