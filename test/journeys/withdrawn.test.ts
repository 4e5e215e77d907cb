// What was decided is taken back by who decided it, as long as nothing was built on it; what moved with it goes back as well.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { share } from '../support/share.ts';
import { agreedRequirement, castOf, charteredPackage, draftedPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let cast: Cast;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const back = { outcome: 'withdraw', reason: 'We were too quick.' };
const stateOf = async (path: string, id: string): Promise<string> =>
  (await cast.portfolio.get(`/${path}/${id}`)).body.record.state;
const offersBack = async (who: Client, gate: string, id: string): Promise<boolean> =>
  (await who.get(`/gates/${gate}/${id}`)).body.outcomes.some(({ outcome }: Body) => outcome === 'withdraw');

async function offered(): Promise<{ requirement: string; outcome: string; pack: string }> {
  const agreed = await agreedRequirement(cast);
  const pack = await draftedPackage(cast, agreed);
  await cast.portfolio.move('service-packages', pack.id, 'submit');
  await cast.portfolio.decide('P1', pack.id);
  return { requirement: agreed.id, outcome: agreed.outcome, pack: pack.id };
}

describe('an approval', () => {
  it('is taken back with a reason by who gave it, and by nobody else', async () => {
    const { id, outcome } = await agreedRequirement(cast);
    expect([await offersBack(cast.owner, 'G1', id), await offersBack(cast.sponsor, 'G1', id)]).toEqual([true, false]);
    for (const who of [cast.sponsor, cast.portfolio, cast.relations])
      expect((await who.tryDecide('G1', id, back)).status).toBe(403);
    expect((await cast.owner.tryDecide('G1', id, { ...back, reason: ' ' })).status).toBe(422);
    await cast.owner.decide('G1', id, back);
    const read = (await cast.owner.get(`/business-requirements/${id}`)).body;
    expect([read.record.state, read.decisions.map(({ basis }: Body) => basis)]).toEqual([
      'analysing',
      ['revoked', 'current'],
    ]);
    // What was agreed with it is open again, and agreed anew with it.
    const { version } = (await cast.owner.get(`/outcomes/${outcome}`)).body.record;
    expect((await cast.owner.patch(`/outcomes/${outcome}`, { expectedVersion: version, target: 3 })).status).toBe(200);
    expect((await cast.owner.tryDecide('G1', id, back)).body.code).toBe('decision.nothing-to-withdraw');
    await cast.owner.decide('G1', id);
    expect(await stateOf('outcomes', outcome)).toBe('agreed');
  });

  it('whose effect began stays, and the answer says what is done instead', async () => {
    const { requirement, pack } = await offered();
    await cast.sponsor.decide('G2', pack);
    const late = await cast.owner.tryDecide('G1', requirement, back);
    expect([late.status, late.body.code]).toEqual([409, 'decision.not-withdrawable']);
    expect(late.body.refusals[0].hint).toContain('new change or improvement');
    expect(await offersBack(cast.owner, 'G1', requirement)).toBe(false);
  });

  it('of a package gives its requirement back, and is given again', async () => {
    const { requirement, pack } = await offered();
    await cast.sponsor.decide('G2', pack);
    expect(await stateOf('business-requirements', requirement)).toBe('packaged');
    await cast.sponsor.decide('G2', pack, back);
    expect([await stateOf('service-packages', pack), await stateOf('business-requirements', requirement)]).toEqual([
      'offered',
      'agreed',
    ]);
    await cast.sponsor.decide('G2', pack);
    expect(await stateOf('business-requirements', requirement)).toBe('packaged');
  });

  it('of a charter takes back what was handed over', async () => {
    const agreed = await agreedRequirement(cast);
    const pack = await charteredPackage(cast, agreed);
    await cast.portfolio.decide('P2', pack.id, back);
    const { items } = (await cast.portfolio.get('/service-package-hand-overs?limit=50')).body;
    const [last] = items.filter((each: Body) => each.title.includes(pack.ref) || each.fields?.subject === pack.id);
    expect([await stateOf('service-packages', pack.id), last?.state]).toEqual(['agreed', 'withdrawn']);
    await cast.portfolio.decide('P2', pack.id);
    expect(await stateOf('service-packages', pack.id)).toBe('chartered');
  });

  it('that still waits for others is taken back without moving anything', async () => {
    const others = await castOf(app, 'Second Grocers');
    const customers = [cast.customer, others.customer];
    const agreed = await agreedRequirement(cast);
    for (const id of [agreed.id, agreed.outcome])
      await share(id, { by: cast.relations, customers: [others.customer], with: [cast.owner] });
    const pack = await draftedPackage(cast, agreed, { customers });
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    await cast.portfolio.decide('P1', pack.id);
    await cast.sponsor.decide('G2', pack.id);
    expect(await stateOf('service-packages', pack.id)).toBe('offered');
    await cast.sponsor.decide('G2', pack.id, back);
    await others.sponsor.decide('G2', pack.id);
    // One approval is missing again.
    expect(await stateOf('service-packages', pack.id)).toBe('offered');
    await cast.sponsor.decide('G2', pack.id);
    expect(await stateOf('service-packages', pack.id)).toBe('agreed');
  });
});
