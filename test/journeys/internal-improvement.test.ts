// An improvement of the provider's own is funded on its side; one that touches a customer by that customer alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';

let app: TestApplication;
let improver: Client;
let portfolio: Client;
let sponsor: Client;
let customer: string;
beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  improver = await app.person('Cleo Improver', ['CSI']);
  const limit = { minor: 1_000_000, currency: 'GBP' };
  portfolio = await app.person('Pat Portfolio', ['SPM'], { limit });
  sponsor = await app.person('Sam Sponsor', ['BEX'], { customer, limit });
});
afterAll(() => app.close());

const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);

/** One that waits for its funding. */
async function justified(customers: readonly string[], more: object = {}): Promise<string> {
  const { id } = await improver.create('improvements', {
    title: 'Fewer hand-overs',
    description: 'Cases go round.',
    originStage: 'operation',
    customers,
    metric: 'Hand-overs',
    unit: 'times',
    baselineValue: 22,
    targetValue: 5,
    benefit: 'Time.',
    benefitPerMonth: { minor: 36_500, currency: 'GBP' },
    oneOffCost: { minor: 500_000, currency: 'GBP' },
    risk: 'None.',
    verificationPlan: 'Rank test over eight cases.',
    washoutDays: 0,
    afterDays: 6,
    targetStage: 'operation',
    beforeSeries: [18, 31, 15, 24, 20, 24, 22, 25].map((value, day) => ({ at: `2016-02-${10 + day}`, value })),
    ...more,
  });
  for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
  return id;
}
const waitsFor = async (who: Client, id: string): Promise<Body> =>
  (await who.get('/decisions/waiting?limit=200')).body.items.find((each: Body) => each.subject.id === id);

// Looked at besides: every gate whose subject may be of no customer (a requirement, package or release always has one; an
// incident's problem is accepted by the customers concerned, and without one by nobody: its gate is not asked for then).
describe('an improvement of the provider alone', () => {
  it('waits for the provider, who funds it within its limit, but not for who asks for the money', async () => {
    const id = await justified([]);
    expect(await waitsFor(portfolio, id)).toMatchObject({ gate: 'G7', side: 'P', mine: true });
    const page = (await portfolio.get(`/gates/G7/${id}`)).body;
    expect([page.side, page.deciders.filter((each: Body) => each.mayDecide).map((each: Body) => each.person)]).toEqual([
      'P',
      [portfolio.id],
    ]);
    expect(codes(await improver.tryDecide('G7', id))).toContain('separation.sd1');
    const dear = await justified([], { oneOffCost: { minor: 2_000_000, currency: 'GBP' } });
    expect(codes(await portfolio.tryDecide('G7', dear))).toContain('decision.limit');
    await portfolio.decide('G7', id);
    const read = (await portfolio.get(`/improvements/${id}`)).body;
    expect([read.record.state, read.decisions[0].side]).toEqual(['approved', 'P']);
  });

  it('is none where it is about an outcome of the business, whoever is left out', async () => {
    const owner = await app.person('Bea Owner', ['BOW'], { customer });
    const { id: requirement } = await owner.create('business-requirements', {
      title: 'Slots',
      statement: 'They are needed.',
      trigger: 'market',
      customers: [customer],
    });
    const { id: outcome } = await owner.create('outcomes', { title: 'O', requirement, statement: 'O.' });
    const id = await justified([], { outcome });
    expect(codes(await portfolio.tryDecide('G7', id))).toContain('improvement.touches-business');
  });

  it('that touches a customer is never funded by the provider', async () => {
    const id = await justified([customer]);
    expect(await waitsFor(portfolio, id)).toMatchObject({ gate: 'G7', side: 'B', mine: false });
    for (const who of [improver, portfolio])
      expect(codes(await who.tryDecide('G7', id))).toContain('decision.not-business-authority');
    await sponsor.decide('G7', id);
  });
});

it('what waits says what a day of waiting costs, where its record does, and that it is not stated elsewhere', async () => {
  const [stated, silent] = [await justified([]), await justified([], { benefitPerMonth: null })];
  expect((await waitsFor(portfolio, stated)).costPerDay).toEqual({ minor: 1200, currency: 'GBP' });
  expect((await waitsFor(portfolio, silent)).costPerDay).toBeNull();
  expect((await portfolio.get(`/gates/G7/${stated}`)).body.costPerDay).toEqual({ minor: 1200, currency: 'GBP' });
});
