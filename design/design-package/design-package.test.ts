import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveAsSystem } from '../../core/record/edit/move-as-system.ts';
import { arranged } from '../../test/support/arrange.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, castOf, charteredPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let transition: Client;
let operations: Client;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  transition = await app.person('Tess Transition', ['TRM']);
  operations = await app.person('Ola Operations', ['OPS']);
});
afterAll(() => app.close());

const items = ['SDP-04', 'SDP-06', 'SDP-07', 'SDP-15', 'SDP-23', 'SDP-24', 'SDP-27', 'SDP-30'];
const pounds = (amount: number) => ({ minor: amount * 100, currency: 'GBP' });
const codes = (answer: { body: Body }) => answer.body.refusals.map((each: { code: string }) => each.code);
const state = async (path: string, id: string) => (await cast.portfolio.get(`/${path}/${id}`)).body.record.state;

interface Begun {
  id: string;
  pack: Body;
  requirement: string;
}

async function begun(more: object = {}): Promise<Begun> {
  const requirement = await agreedRequirement(cast);
  const pack = await charteredPackage(cast, requirement);
  const outcome = (await cast.owner.get(`/outcomes/${requirement.outcome}`)).body.record.ref;
  const { id } = await cast.designer.create('design-packages', {
    title: 'Slot design',
    package: pack.id,
    kind: 'new',
    oneOffCost: pounds(5400),
    runCostPerMonth: pounds(200),
    instruments: [{ outcome, instrument: 'Order system report' }],
    ...more,
  });
  await cast.designer.move('design-packages', id, 'start');
  return { id, pack, requirement: requirement.id };
}

async function reviewed(more: object = {}): Promise<Begun> {
  const design = await begun(more);
  for (const item of items) await cast.designer.item('design-packages', design.id, item, { statement: 'Said.' });
  await cast.designer.move('design-packages', design.id, 'request-review');
  for (const item of items) {
    const consumer = ['SDP-06', 'SDP-15', 'SDP-27'].includes(item) ? operations : transition;
    await consumer.item('design-packages', design.id, item, { accept: true });
  }
  return design;
}

describe('a service design package', () => {
  it('is not begun by the business, nor before the package is chartered', async () => {
    const pack = await charteredPackage(cast, await agreedRequirement(cast));
    const input = { title: 'Mine', package: pack.id };
    expect(await cast.owner.post('/design-packages', input)).toMatchObject({ status: 403 });
    await cast.designer.create('design-packages', input);
    expect(await cast.designer.post('/design-packages', input)).toMatchObject({
      status: 409,
      body: { code: 'design.package-not-chartered' },
    });
    expect(await state('service-packages', pack.id)).toBe('in_design');
  });

  it('is reviewed only when its mandatory items say something', async () => {
    const { id } = await begun();
    expect(codes(await cast.designer.tryMove('design-packages', id, 'request-review'))).toEqual(
      Array(8).fill('design.item-missing'),
    );
  });

  it('is not complete while items are not accepted by a consumer, or an outcome has no instrument', async () => {
    const { id } = await begun({ instruments: [] });
    for (const item of items) await cast.designer.item('design-packages', id, item, { statement: 'Said.' });
    await cast.designer.move('design-packages', id, 'request-review');
    const { version } = (await transition.get(`/design-packages/${id}`)).body.record;
    const path = `/design-packages/${id}/items/SDP-27`;
    expect(await transition.patch(path, { expectedVersion: version, accept: true })).toMatchObject({ status: 403 });
    expect(new Set(codes(await cast.authority.tryDecide('P3', id)))).toEqual(
      new Set(['design.item-open', 'design.no-instrument']),
    );
  });

  it('goes back step by step where who approved takes that back, and its requirement with it', async () => {
    const { id, requirement } = await reviewed();
    const back = { outcome: 'withdraw', reason: 'We were too quick.' };
    const states = async () => [await state('design-packages', id), await state('business-requirements', requirement)];
    await cast.authority.decide('P3', id);
    await cast.authority.decide('P3', id, back);
    expect(await states()).toEqual(['in_review', 'packaged']);
    await cast.authority.decide('P3', id);
    await cast.owner.decide('G3', id);
    expect(await states()).toEqual(['accepted', 'in_delivery']);
    await cast.owner.decide('G3', id, back);
    expect(await states()).toEqual(['complete', 'packaged']);
  });

  it('is accepted by the business within the tolerance of cost, and moves the thread on', async () => {
    const { id, pack, requirement } = await reviewed();
    await cast.authority.decide('P3', id);
    await cast.owner.decide('G3', id);
    expect((await cast.owner.get(`/design-packages/${id}`)).body.record).toMatchObject({
      state: 'accepted',
      fields: { costVariance: 0.08, service: pack.fields.service },
    });
    expect(await state('service-versions', pack.fields.serviceVersion)).toBe('designed');
    expect(await state('business-requirements', requirement)).toBe('in_delivery');
  });

  it('is not accepted above the tolerance of cost; the need can be moved instead', async () => {
    const { id, pack } = await reviewed({ oneOffCost: pounds(5501) });
    await cast.authority.decide('P3', id);
    expect(codes(await cast.owner.tryDecide('G3', id))).toEqual(['design.over-tolerance']);
    await cast.owner.decide('G3', id, { outcome: 'reject', variant: 'need-changed' });
    expect(await state('service-packages', pack.id)).toBe('drafting');
    expect(await state('service-versions', pack.fields.serviceVersion)).toBe('on_hold');
    expect(codes(await cast.designer.tryMove('design-packages', id, 'resume', { reason: 'On.' }))).toEqual([
      'design.package-open',
    ]);
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    expect(await state('service-versions', pack.fields.serviceVersion)).toBe('defined');
  });

  it('is returned by the design authority with findings', async () => {
    const { id } = await reviewed();
    const findings = [{ itemRef: 'SDP-14', severity: 'should', text: 'Name the fallback.' }];
    await cast.authority.decide('P3', id, { outcome: 'reject', variant: 'return-review', findings });
    expect(await state('design-packages', id)).toBe('in_design');
  });

  it.each([
    ['designed', [], 'chartered'],
    ['being developed', ['develop'], 'designed'],
  ])('found faulty while its version is %s takes the version back', async (_stage, moves, before) => {
    const { id, pack } = await reviewed();
    await cast.authority.decide('P3', id);
    await cast.owner.decide('G3', id);
    const manager = await app.person('Tia Manager', ['TRM']);
    await manager.create('changes', {
      title: 'Bring slots live',
      service: pack.fields.service,
      customers: [cast.customer],
      links: [{ type: 'authorisedBy', from: id }],
    });
    await cast.designer.move('design-packages', id, 'baseline');
    const version = pack.fields.serviceVersion;
    for (const move of moves)
      await moveAsSystem(app.application, {
        providerId: app.providerId,
        type: 'service-version',
        id: version,
        move,
        reason: 'Work began.',
      });
    await cast.designer.move('design-packages', id, 'raise-fault', { reason: 'The fallback is gone.' });
    expect(await state('service-versions', version)).toBe(before);
  });

  it('goes back to design with findings, and comes again only with each must answered', async () => {
    const { id } = await reviewed();
    await cast.authority.decide('P3', id);
    const findings = [{ itemRef: 'SDP-14', severity: 'must', text: 'The fallback is being retired.' }];
    await cast.owner.decide('G3', id, { outcome: 'reject', variant: 'reject-design', findings });
    expect(await state('design-packages', id)).toBe('rejected');
    const { canEdit, editRefusals } = (await cast.designer.get(`/design-packages/${id}`)).body;
    expect([canEdit, editRefusals[0].code]).toEqual([false, 'record.frozen']);
    await cast.designer.move('design-packages', id, 'revise', { reason: 'Another fallback.' });
    expect(codes(await cast.designer.tryMove('design-packages', id, 'request-review'))).toEqual([
      'decision.finding-open',
    ]);
  });
});

describe('a component', () => {
  it('is sourced after two options are compared, and received lawfully', async () => {
    const { id: designPackage } = await begun();
    const { id } = await cast.designer.create('components', { title: 'Slot engine', designPackage });
    const decision = { sourcing: 'bought', rationale: 'Quicker.' };
    expect(codes(await cast.authority.tryMove('components', id, 'decide-sourcing', decision))).toEqual([
      'component.options',
    ]);
    const options = [
      { option: 'Make', assessment: 'A year.' },
      { option: 'Buy', assessment: 'A month.' },
    ];
    await cast.authority.move('components', id, 'decide-sourcing', { ...decision, options });
    const builder = await app.person('Bo Builder', ['BLD']);
    expect(codes(await builder.tryMove('components', id, 'develop'))).toEqual(['component.sourcing']);
    const supplier = await app.person('Sue Supplier', ['SUP']);
    await supplier.move('components', id, 'procure', { supplier: 'Slotwright' });
    expect(codes(await supplier.tryMove('components', id, 'receive', { artefactVersion: '1.0' }))).toEqual([
      'component.no-licence',
      'component.contract-inactive',
    ]);
    const got = { artefactVersion: '1.0', licence: 'Commercial', contractState: 'active' };
    expect((await supplier.move('components', id, 'receive', got)).state).toBe('received');
  });

  it('is sourced anew once its supplier ends it', async () => {
    const { id: designPackage } = await begun();
    const id = await arranged(app, 'component', { title: 'Slot engine', designPackage }, 'in_service');
    const supplier = await app.person('Sue Supplier', ['SUP']);
    await supplier.move('components', id, 'supplier-exit', { reason: 'It left the market.' });
    expect(await state('components', id)).toBe('sourcing');
  });
});
