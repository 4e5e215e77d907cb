// What several decide waits until the last of them has: for those who have not, and in every count.
// Its kind: what asks whether anybody decided where it has to ask whether enough did. Looked at besides: who alone may decide
// cannot go while it waits, and the gates that two people of the provider decide.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { measurable } from '../support/thread.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

it('an amendment of two customers waits for the second though the first approved it', async () => {
  const [quay, pier] = [await app.customer('Quay'), await app.customer('Pier')];
  const bea = await app.person('Bea Quay', ['BOW'], { customer: quay });
  const pia = await app.person('Pia Pier', ['BOW'], { customer: pier });
  const authority = await app.person('Cas Pier', ['CAD'], { customer: pier });
  const relations = await app.person('Rel Manager', ['BRM']);
  const { id } = await relations.create('business-requirements', {
    title: 'Two-hour slots',
    statement: 'Customers collect within two hours.',
    trigger: 'market',
    priority: 'must',
    owner: bea.id,
    customers: [quay, pier],
  });
  const outcome = await relations.create('outcomes', {
    ...measurable,
    requirement: id,
    owner: bea.id,
  });
  await bea.move('business-requirements', id, 'analyse');
  await bea.decide('G1', id);
  const given = { title: 'Later', outcome: outcome.id, kind: 'amend', why: 'The market moved.', target: 5 };
  const amendment = (await relations.create('outcome-amendments', given)).id;
  const stateOf = async () => (await bea.get(`/outcome-amendments/${amendment}`)).body.record.state;
  const proposed = await stateOf();
  const waits = async (by: Client) =>
    (await by.get('/decisions/waiting')).body.items.map((each: Body) => [each.gate, each.mine]);
  const counted = async () =>
    (await relations.get('/loop')).body.gates.find((each: Body) => each.gate === 'G11').waiting as number;
  expect([await waits(bea), await waits(pia), await counted()]).toEqual([[['G11', true]], [['G11', true]], 1]);

  await bea.decide('G11', amendment);
  expect(await stateOf()).toBe(proposed);
  expect([await waits(bea), await waits(pia), await counted()]).toEqual([[['G11', false]], [['G11', true]], 1]);
  expect((await bea.get('/decisions/waiting?mine=true')).body.items).toEqual([]);
  const leaving = await authority.tryMove('people', pia.id, 'leave', { reason: 'Moves on.' });
  expect(leaving.body.refusals.map(({ code }: Body) => code)).toEqual(['person.only-decider']);

  await pia.decide('G11', amendment);
  expect(await stateOf()).not.toBe(proposed);
  expect([await waits(bea), await waits(pia), await counted()]).toEqual([[], [], 0]);
});
