// How far the rule by which several customers decide holds, and how far an opting out does: along what came from it.
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
  designer,
  authority,
  byQuay,
  byFunding,
  chartered,
  designed,
  designOf,
  offered,
  stateOf,
  together,
  waitsFor,
  without,
} = await severalCustomers(app);

afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

const pierUser = await app.person('Una Pier', ['CUS'], { customer: of.pier });
const nameOf = (customer: string) => Object.entries(of).find(([, id]) => id === customer)?.[0];
const votes = async (gate: string, id: string) =>
  (await together(relations, gate, id)).customers.map(({ customer, vote }: Body) => [nameOf(customer), vote]);
const everyone = (vote: string) => Object.keys(of).map((name) => [name, vote]);

/** What one release of an accepted design brought to all three. */
async function live() {
  const { pack, design } = await designed({});
  for (const by of [quay, pier, cove]) await by.decide('G3', design);
  const version: string = (await relations.get(`/service-packages/${pack}`)).body.record.fields.serviceVersion;
  const subscriptions = async (): Promise<Body[]> =>
    (await relations.get(`/subscriptions?serviceVersion=${version}`)).body.items;
  await bySystem(app, 'service-version', version, ['develop', 'build', 'test', 'release']);
  for (const { id } of await subscriptions()) await bySystem(app, 'subscription', id, ['release']);
  const what = { title: 'Slots', designPackage: design, serviceVersion: version };
  const release = await arranged(app, 'release', what, 'deployed');
  await bySystem(app, 'release', release, ['verify']);
  const support = await arranged(app, 'early-life-support', { title: 'Slots', release }, 'active');
  const states = async () =>
    Object.fromEntries((await subscriptions()).map(({ customers, state }) => [nameOf(customers[0]), state]));
  return { what, version, release, support, states };
}

describe('a customer that opts out of the next release of what it uses', () => {
  it('keeps its say on what it uses, and is taken back with the others', async () => {
    const { what, version, release, support, states } = await live();
    const next = await arranged(app, 'release', { ...what, title: 'Slots, mended' }, 'validated');
    expect(codes(await without(pierUser, 'G4', next))).toBe(201);
    expect(await votes('G4', next)).toContainEqual(['pier', 'opted_out']);
    expect(await votes('G4', release)).toEqual(everyone('awaited'));
    expect(await votes('G5', support)).toEqual(everyone('awaited'));
    expect(await votes('G8', version)).toEqual(everyone('awaited'));
    await bySystem(app, 'release', release, ['back-out']);
    expect(await states()).toEqual({ quay: 'planned', pier: 'planned', cove: 'planned' });
  });
});

describe('the rule of a package', () => {
  it('holds for what came from that package, whatever another of the same requirement says', async () => {
    const pack = await offered({});
    const { requirement } = (await relations.get(`/service-packages/${pack}`)).body.record.fields;
    const other = {
      title: 'Another',
      requirement,
      customers: [of.pier, of.cove],
      quorum: 'lead',
      leadCustomer: of.pier,
    };
    await arranged(app, 'service-package', other, 'agreed');
    for (const by of [quay, pier, cove]) await by.decide('G2', pack);
    await chartered(pack);
    const design = await designOf(pack);
    expect((await together(relations, 'G3', design)).rule).toBe('each');
    await pier.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('complete');
    expect(await waitsFor(quay, design)).toEqual([['G3', true]]);
  });

  it('binds nobody who came to share in it later: then each of them decides', async () => {
    const { design } = await designed(byQuay());
    const dune = await app.customer('Dune');
    const sponsor = await app.person('Dora Dune', ['BEX', 'BOW'], {
      customer: dune,
      limit: { minor: 100_000_000, currency: 'GBP' },
    });
    const reason = 'They collect there too.';
    expect((await designer.post(`/records/${design}/shares`, { kind: 'join', customer: dune, reason })).status).toBe(
      201,
    );
    const answers = async (by: Client) => {
      const [share] = (await by.get(`/records/${design}/shares`)).body.items;
      return codes(await by.post(`/shares/${share.id}/answer`, { consents: true, reason }));
    };
    for (const by of [quay, pier, cove]) expect(await answers(by)).toBe(200);
    await authority.decide('P3', design, { variant: 'stands', reason: 'It is complete for them too.' });
    expect((await together(relations, 'G3', design)).rule).toBe('each');
    await quay.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('complete');
    expect(await waitsFor(sponsor, design)).toEqual([['G3', true]]);
    await sponsor.decide('G3', design);
    await pier.decide('G3', design);
    expect(await waitsFor(cove, design)).toEqual([['G3', true]]);
    await cove.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('accepted');
  });

  it('weighs by all that was committed: where those who are left hold too little of it, each of them decides', async () => {
    const { design } = await designed(byFunding());
    await without(quay, 'G3', design);
    expect(await stateOf('design-packages', design)).toBe('complete');
    await pier.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('complete');
    expect(await waitsFor(cove, design)).toEqual([['G3', true]]);
    await cove.decide('G3', design);
    expect(await stateOf('design-packages', design)).toBe('accepted');
  });
});

describe('opting out', () => {
  it('is refused once the gate is no longer open', async () => {
    const { design } = await designed({});
    const release = await arranged(app, 'release', { title: 'Slots', designPackage: design }, 'accepted');
    expect(codes(await without(pierUser, 'G4', release))).toEqual(['decision.not-open']);
    const { outcomes } = (await pierUser.get(`/gates/G4/${release}`)).body;
    expect(outcomes.map(({ outcome }: Body) => outcome)).not.toContain('opt_out');
  });
});
