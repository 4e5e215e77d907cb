// Three customers that share in one promise, the provider's people, and what brings the promise up to a point.
import type { TestApplication } from './application.ts';
import type { Answer, Body, Client } from './client.ts';
import { lightItems, measurable } from './thread.ts';

export const codes = ({ status, body }: Answer): unknown =>
  status < 300 ? status : body.refusals.map(({ code }: Body) => code);

export async function severalCustomers(app: TestApplication) {
  const of = { quay: await app.customer('Quay'), pier: await app.customer('Pier'), cove: await app.customer('Cove') };
  const limit = { minor: 100_000_000, currency: 'GBP' };
  const quay = await app.person('Sam Quay', ['BEX', 'BOW'], { customer: of.quay, limit });
  const pier = await app.person('Pia Pier', ['BEX', 'BOW'], { customer: of.pier, limit });
  const cove = await app.person('Cid Cove', ['BEX', 'BOW'], { customer: of.cove, limit });
  const relations = await app.person('Rel Manager', ['BRM']);
  const portfolio = await app.person('Pat Portfolio', ['SPM']);
  const designer = await app.person('Des Designer', ['SDM']);
  const authority = await app.person('Dan Authority', ['DAU']);
  const operations = await app.person('Ola Operations', ['OPS']);
  const transition = await app.person('Tess Transition', ['TRM']);
  const pounds = (amount: number) => ({ minor: amount * 100, currency: 'GBP' });
  const stateOf = async (path: string, id: string): Promise<string> =>
    (await relations.get(`/${path}/${id}`)).body.record.state;
  const without = async (by: Client, gate: string, id: string) =>
    by.tryDecide(gate, id, { outcome: 'opt_out', reason: 'It does not suit us.' });
  const refuse = (by: Client, gate: string, id: string, more: object = {}) =>
    by.tryDecide(gate, id, {
      outcome: 'reject',
      reason: 'Not so.',
      findings: [{ itemRef: 'X', severity: 'must', text: 'Not so.' }],
      ...more,
    });
  const together = async (by: Client, gate: string, id: string) => (await by.get(`/gates/${gate}/${id}`)).body.together;
  const waitsFor = async (by: Client, id: string): Promise<unknown> =>
    (await by.get('/decisions/waiting?limit=200')).body.items
      .filter(({ subject }: Body) => subject.id === id)
      .map(({ gate, mine }: Body) => [gate, mine]);

  /** A package for the three, drafted as said, submitted where nothing refuses that. */
  async function drafted(more: object): Promise<string> {
    const { id: requirement } = await relations.create('business-requirements', {
      title: 'Two-hour slots',
      statement: 'Customers collect within two hours.',
      trigger: 'market',
      priority: 'must',
      profile: 'light',
      owner: quay.id,
      customers: Object.values(of),
    });
    await relations.create('outcomes', {
      ...measurable,
      requirement,
      owner: quay.id,
    });
    await quay.move('business-requirements', requirement, 'analyse');
    await quay.decide('G1', requirement);
    const { id } = await relations.create('service-packages', {
      title: 'Slot promise',
      requirement,
      oneOffCost: pounds(5000),
      runCostPerMonth: pounds(200),
      funding: pounds(6000),
      offerValidUntil: '2026-12-31',
      ...more,
    });
    for (const item of lightItems) await relations.item('service-packages', id, item, { statement: 'Said.' });
    return id;
  }

  async function offered(more: object): Promise<string> {
    const id = await drafted(more);
    await portfolio.move('service-packages', id, 'submit');
    await portfolio.decide('P1', id);
    return id;
  }

  async function chartered(id: string): Promise<void> {
    await portfolio.move('service-packages', id, 'name-lead', { designLead: designer.id });
    await portfolio.decide('P2', id);
  }

  /** A design of a package that all three agreed to, before the business. */
  async function designed(more: object): Promise<{ pack: string; design: string }> {
    const pack = await offered(more);
    for (const by of [quay, pier, cove]) await by.decide('G2', pack);
    await chartered(pack);
    return { pack, design: await designOf(pack) };
  }

  const items = ['SDP-04', 'SDP-06', 'SDP-07', 'SDP-15', 'SDP-23', 'SDP-24', 'SDP-27', 'SDP-30'];

  async function designOf(pack: string): Promise<string> {
    const links: Body[] = (await relations.get(`/service-packages/${pack}`)).body.links;
    const outcome = links.find(({ type }) => type === 'promises')?.other;
    const { id } = await designer.create('design-packages', {
      title: 'Slot design',
      package: pack,
      kind: 'new',
      oneOffCost: pounds(5400),
      runCostPerMonth: pounds(200),
      instruments: [{ outcome: outcome.ref, instrument: 'Order system report' }],
    });
    await designer.move('design-packages', id, 'start');
    for (const item of items) await designer.item('design-packages', id, item, { statement: 'Said.' });
    await designer.move('design-packages', id, 'request-review');
    for (const item of items)
      await (['SDP-06', 'SDP-15', 'SDP-27'].includes(item) ? operations : transition).item(
        'design-packages',
        id,
        item,
        {
          accept: true,
        },
      );
    await authority.decide('P3', id);
    return id;
  }

  const byQuay = () => ({ quorum: 'lead', leadCustomer: of.quay });
  const byFunding = () => ({
    quorum: 'weighted',
    quorumPercent: 60,
    fundingShares: [
      { customer: of.quay, weight: 50 },
      { customer: of.pier, weight: 30 },
      { customer: of.cove, weight: 20 },
    ],
  });

  return {
    of,
    quay,
    pier,
    cove,
    relations,
    portfolio,
    designer,
    authority,
    operations,
    transition,
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
  };
}
