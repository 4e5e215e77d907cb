import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, castOf, charteredPackage, draftedPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const stateOf = async (path: string, id: string) => (await cast.portfolio.get(`/${path}/${id}`)).body.record.state;

describe('a service package', () => {
  it('is drafted by neither the business nor the designer', async () => {
    const { id } = await agreedRequirement(cast);
    for (const other of [cast.owner, cast.sponsor, cast.designer]) {
      expect(await other.post('/service-packages', { title: 'Mine', requirement: id })).toMatchObject({ status: 403 });
    }
  });

  it('starts from an agreed requirement only', async () => {
    expect(await cast.relations.post('/service-packages', { title: 'Of nothing' })).toMatchObject({
      status: 409,
      body: { code: 'package.no-agreed-requirement' },
    });
  });

  it('is not submitted while mandatory items are empty, and says which', async () => {
    const { id } = await agreedRequirement(cast);
    const pack = await cast.relations.create('service-packages', { title: 'Empty', requirement: id });
    const answer = await cast.portfolio.tryMove('service-packages', pack.id, 'submit');
    expect(answer.status).toBe(409);
    expect(answer.body.refusals.map((each: { code: string }) => each.code)).toEqual(
      Array(7).fill('package.item-missing'),
    );
  });

  it('is not submitted while an outcome could not be measured', async () => {
    const requirement = await agreedRequirement(cast, { target: null, weight: 0.4 });
    const pack = await draftedPackage(cast, requirement);
    const answer = await cast.portfolio.tryMove('service-packages', pack.id, 'submit');
    expect(answer.body.refusals).toMatchObject([
      { code: 'package.outcome-incomplete', sentence: expect.stringContaining('lacks: a target') },
      { code: 'package.weights' },
    ]);
  });

  it('is not funded when the funding is below the cost, or after the offer expired', async () => {
    const requirement = await agreedRequirement(cast);
    const funding = { minor: 499_999, currency: 'GBP' };
    const pack = await draftedPackage(cast, requirement, { funding, offerValidUntil: '2026-03-01' });
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    await cast.portfolio.decide('P1', pack.id);
    const answer = await cast.sponsor.tryDecide('G2', pack.id);
    expect(answer.body.refusals.map((each: { code: string }) => each.code)).toEqual([
      'package.offer-expired',
      'package.funding',
    ]);
    expect((await cast.sponsor.get(`/gates/G2/${pack.id}`)).body.costPerDay).toEqual({
      minor: 12_000,
      currency: 'GBP',
    });
  });

  it('is submitted again only when the must findings of the business are answered', async () => {
    const pack = await draftedPackage(cast, await agreedRequirement(cast));
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    await cast.portfolio.decide('P1', pack.id);
    const findings = [{ itemRef: 'SP-16', severity: 'must', text: 'Where does the money come from?' }];
    await cast.sponsor.decide('G2', pack.id, { outcome: 'reject', variant: 'return', findings });
    expect(await cast.portfolio.tryMove('service-packages', pack.id, 'submit')).toMatchObject({
      status: 409,
      body: { refusals: [{ code: 'decision.finding-open' }] },
    });
    const { version } = (await cast.relations.get(`/service-packages/${pack.id}`)).body.record;
    await cast.relations.patch(`/service-packages/${pack.id}`, {
      expectedVersion: version,
      answers: [{ itemRef: 'SP-16', answer: 'The transformation budget.' }],
    });
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    expect(await cast.sponsor.tryDecide('G2', pack.id)).toMatchObject({ status: 409 });
  });

  it('carries requirement and service version with it from submission to charter', async () => {
    const requirement = await agreedRequirement(cast);
    const pack = await charteredPackage(cast, requirement);
    expect(pack.state).toBe('chartered');
    expect(await stateOf('business-requirements', requirement.id)).toBe('packaged');
    expect(await stateOf('service-versions', pack.fields.serviceVersion)).toBe('chartered');
    const { body } = await cast.owner.get(`/services/${pack.fields.service}/overview`);
    expect(body).toMatchObject({
      status: 'chartered',
      value: null,
      versions: [{ state: 'chartered' }],
      subscriptions: [{ state: 'planned', customer: cast.customer }],
      outcomes: [{ baseline: 8, target: 4, latest: null }],
      incidents: { open: 0, last30: 0 },
    });
  });

  it('frees its requirement and its version when the business cancels it', async () => {
    const requirement = await agreedRequirement(cast);
    const pack = await charteredPackage(cast, requirement);
    await cast.sponsor.move('service-packages', pack.id, 'cancel', { reason: 'The market moved.' });
    expect(await stateOf('business-requirements', requirement.id)).toBe('agreed');
    expect(await stateOf('service-versions', pack.fields.serviceVersion)).toBe('cancelled');
  });
});

describe('the loop', () => {
  it('shows a chartered service in design, and what waits', async () => {
    const pack = await charteredPackage(cast, await agreedRequirement(cast));
    const other = await charteredPackage(cast, await agreedRequirement(cast));
    // A requirement taken out of its package went back.
    await cast.sponsor.move('service-packages', other.id, 'cancel', { reason: 'Not now.' });
    const { body } = await cast.portfolio.get('/loop');
    const design = body.stages.find((each: { stage: string }) => each.stage === 'design');
    expect(design.services.map((each: { header: { id: string } }) => each.header.id)).toContain(pack.fields.service);
    expect(body.gates.find((each: { gate: string }) => each.gate === 'G2')).toMatchObject({
      side: 'B',
      waiting: expect.any(Number),
    });
    expect(body.backEdges).toContainEqual({ from: 'strategy', to: 'strategy', count: expect.any(Number) });
  });

  it('weighs only the outcomes that its reader may see', async () => {
    const requirement = await agreedRequirement(cast);
    const pack = await charteredPackage(cast, requirement);
    const { service } = pack.fields;
    const other = await app.customer('Kestrel');
    const neighbour = await app.person('Kay', ['USR'], { customer: other });
    // The service is shared with another customer; its outcome stays the first one's.
    const { ownerPool } = app.database;
    await ownerPool.query('update core.record set customers = customers || $2::uuid where id = $1', [service, other]);
    await ownerPool.query('update strategy.outcome set attainment = 0.75 where id = $1', [requirement.outcome]);
    const valueFor = async (reader: Client) => {
      const { body } = await reader.get('/loop');
      const services = body.stages.flatMap((each: { services: Body[] }) => each.services);
      return services.find((each: Body) => each.header.id === service)?.value;
    };
    expect(await Promise.all([cast.portfolio, cast.owner].map(valueFor))).toEqual([0.75, 0.75]);
    // No version of the service is the neighbour's, but its value would be told with the service.
    expect(await valueFor(neighbour)).toBeNull();
  });
});
