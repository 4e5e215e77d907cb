// What several customers cannot divide they decide by the rule that each of them agreed to; who does not want it opts out.
import { afterAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { arranged } from '../support/arrange.ts';
import { createTestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { bySystem } from '../support/live.ts';
import { codes, severalCustomers } from '../support/several.ts';

const app = await createTestApplication();
const {
  of,
  quay,
  pier,
  cove,
  relations,
  portfolio,
  stateOf,
  without,
  refuse,
  together,
  waitsFor,
  drafted,
  offered,
  chartered,
  designed,
  designOf,
  byQuay,
  byFunding,
} = await severalCustomers(app);

afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

describe('the rule by which several customers decide', () => {
  it('is agreed by each of them with the package, whole, and altered by nobody afterwards', async () => {
    const pack = await drafted({ quorum: 'weighted' });
    const submit = async () => codes(await portfolio.tryMove('service-packages', pack, 'submit'));
    const edit = async (fields: object) => {
      const { version } = (await relations.get(`/service-packages/${pack}`)).body.record;
      return codes(await relations.patch(`/service-packages/${pack}`, { expectedVersion: version, ...fields }));
    };
    expect(await submit()).toEqual(['package.quorum', 'package.funding-shares']);
    await edit({ quorumPercent: 60, fundingShares: [{ customer: of.quay, weight: 100 }] });
    expect(await submit()).toEqual(['package.funding-shares']);
    await edit({ quorum: 'lead' });
    expect(await submit()).toEqual(['package.lead-customer']);
    await edit({ leadCustomer: of.quay });
    expect(await submit()).toBe(200);
    await portfolio.decide('P1', pack);

    // The word of one counts for all only once all have said so: silence is no consent.
    await quay.decide('G2', pack);
    expect(await together(relations, 'G2', pack)).toEqual({
      rule: 'each',
      lead: null,
      percent: null,
      customers: [
        { customer: of.quay, vote: 'approved', weight: null },
        { customer: of.pier, vote: 'awaited', weight: null },
        { customer: of.cove, vote: 'awaited', weight: null },
      ],
    });
    expect(await stateOf('service-packages', pack)).toBe('offered');
    await pier.decide('G2', pack);
    await cove.decide('G2', pack);
    expect(await stateOf('service-packages', pack)).toBe('agreed');
    expect(await edit({ leadCustomer: of.pier })).toEqual(['record.frozen']);
  });

  it('lets the lead customer speak for all, and nobody else', async () => {
    const { design } = await designed(byQuay());
    expect(await together(pier, 'G3', design)).toMatchObject({
      rule: 'lead',
      lead: null,
      customers: [{ customer: null, vote: 'awaited' }, { customer: of.pier }, { customer: null }],
    });
    await cove.decide('G3', design);
    expect(codes(await refuse(pier, 'G3', design, { variant: 'reject-design' }))).toBe(201);
    expect(await stateOf('design-packages', design)).toBe('complete');
    expect(await waitsFor(quay, design)).toEqual([['G3', true]]);
    const listed = (await relations.get('/decisions/waiting?limit=200')).body.items;
    expect(listed.find(({ subject }: Body) => subject.id === design).together).toEqual({
      rule: 'lead',
      decided: 2,
      of: 3,
    });
    await quay.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('accepted');
    expect(await together(pier, 'G3', design)).toMatchObject({
      customers: [{ vote: 'decided' }, { vote: 'refused' }, { vote: 'decided' }],
    });

    // Who did not carry it brings nothing down by taking their word back; who did, does.
    const back = (by: Client) => by.tryDecide('G3', design, { outcome: 'withdraw', reason: 'Too early.' });
    expect(codes(await back(cove))).toBe(201);
    expect(await stateOf('design-packages', design)).toBe('accepted');
    expect(codes(await back(quay))).toBe(201);
    expect(await stateOf('design-packages', design)).toBe('complete');
  });

  it('weighs them by their shares of the funding: of all of it, not of those who spoke', async () => {
    const { design } = await designed(byFunding());
    await quay.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('complete');
    expect([await waitsFor(quay, design), await waitsFor(pier, design)]).toEqual([[['G3', false]], [['G3', true]]]);
    expect(codes(await refuse(pier, 'G3', design, { variant: 'reject-design' }))).toBe(201);
    expect(await stateOf('design-packages', design)).toBe('complete');
    await cove.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('accepted');
    expect(await waitsFor(pier, design)).toEqual([]);

    const { design: other } = await designed(byFunding());
    await refuse(cove, 'G3', other, { variant: 'reject-design' });
    expect(await stateOf('design-packages', other)).toBe('complete');
    await refuse(pier, 'G3', other, { variant: 'reject-design' });
    expect(await stateOf('design-packages', other)).toBe('rejected');
  });
});

describe('a customer that does not want it', () => {
  it('opts out by its own decision; the others are counted without it, and nothing is planned for it', async () => {
    const pack = await offered({});
    await quay.decide('G2', pack);
    expect(codes(await without(portfolio, 'G2', pack))).toEqual(['decision.not-business-authority']);
    expect(codes(await without(pier, 'P1', pack))).toContain('decision.no-authority');
    expect(codes(await without(cove, 'G2', pack))).toBe(201);
    expect(await together(relations, 'G2', pack)).toMatchObject({
      customers: [{ vote: 'approved' }, { vote: 'awaited' }, { customer: of.cove, vote: 'opted_out' }],
    });
    expect([await waitsFor(cove, pack), await waitsFor(pier, pack)]).toEqual([[['G2', false]], [['G2', true]]]);
    expect(codes(await cove.tryDecide('G2', pack))).toContain('decision.opted-out');

    const back = () => cove.tryDecide('G2', pack, { outcome: 'withdraw', reason: 'We think again.' });
    expect(codes(await back())).toBe(201);
    expect(await waitsFor(cove, pack)).toEqual([['G2', true]]);
    await pier.decide('G2', pack);
    expect(await stateOf('service-packages', pack)).toBe('offered');
    // The last who is awaited leaves: the others have decided.
    expect(codes(await without(cove, 'G2', pack))).toBe(201);
    expect(await stateOf('service-packages', pack)).toBe('agreed');
    expect(codes(await back())).toEqual(['decision.not-withdrawable']);

    await chartered(pack);
    const { fields } = (await relations.get(`/service-packages/${pack}`)).body.record;
    const planned = (await relations.get(`/subscriptions?serviceVersion=${fields.serviceVersion}`)).body.items;
    expect(planned.flatMap(({ customers }: Body) => customers).toSorted()).toEqual([of.quay, of.pier].toSorted());

    const design = await designOf(pack);
    expect(codes(await cove.tryDecide('G3', design))).toContain('decision.opted-out');
    expect(await waitsFor(cove, design)).toEqual([['G3', false]]);
    await quay.decide('G3', design);
    await pier.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('accepted');
  });

  it('is not the last one: who is left refuses instead', async () => {
    const pack = await offered({});
    await without(cove, 'G2', pack);
    await without(pier, 'G2', pack);
    expect(codes(await without(quay, 'G2', pack))).toEqual(['decision.opting-out-last']);
    await quay.decide('G2', pack);
    expect(await stateOf('service-packages', pack)).toBe('agreed');
  });

  it('has what was planned for it ended when the others go live, and what it was asked about before stands', async () => {
    const { pack, design } = await designed(byQuay());
    expect(codes(await without(pier, 'G3', design))).toBe(201);
    await quay.decide('G3', design);
    const { fields } = (await relations.get(`/service-packages/${pack}`)).body.record;
    const version = fields.serviceVersion;
    const subscriptions = async () =>
      (await relations.get(`/subscriptions?serviceVersion=${version}`)).body.items.map(({ customers, state }: Body) => [
        Object.entries(of).find(([, id]) => id === customers[0])?.[0],
        state,
      ]);
    await bySystem(app, 'service-version', version, ['develop', 'build', 'test', 'release']);
    for (const { id, customers } of (await relations.get(`/subscriptions?serviceVersion=${version}`)).body.items)
      if (customers[0] !== of.pier) await bySystem(app, 'subscription', id, ['release']);
    const release = await arranged(app, 'release', { title: 'Slots 1', designPackage: design }, 'deployed');
    await bySystem(app, 'release', release, ['verify']);
    expect((await subscriptions()).toSorted()).toEqual([
      ['cove', 'live_els'],
      ['pier', 'ended'],
      ['quay', 'live_els'],
    ]);
    expect(await stateOf('service-packages', pack)).toBe('delivered');
  });
});

describe('what several customers agreed to', () => {
  it('is ended by none of them for the others', async () => {
    const { pack } = await designed(byQuay());
    for (const by of [quay, pier])
      for (const move of ['reopen', 'cancel'])
        expect(codes(await by.tryMove('service-packages', pack, move, { reason: 'Not for us.' }))).toEqual([
          'package.of-others',
        ]);
  });
});

describe('a customer that opted out and took that back', () => {
  it('is asked again, whatever it had said before', async () => {
    const pack = await offered({});
    await cove.decide('G2', pack);
    expect(codes(await without(cove, 'G2', pack))).toBe(201);
    await cove.decide('G2', pack, { outcome: 'withdraw', reason: 'We want it after all.' });
    for (const by of [quay, pier]) await by.decide('G2', pack);
    expect(await stateOf('service-packages', pack)).toBe('offered');
    expect(await waitsFor(cove, pack)).toEqual([['G2', true]]);
    await cove.decide('G2', pack);
    expect(await stateOf('service-packages', pack)).toBe('agreed');
  });
});
