// Who decides instead is asked at every door by which somebody's right to decide goes, while a decision waits for it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer, Client } from '../support/client.ts';
import { share } from '../support/share.ts';
import { agreedRequirement, castOf, draftedPackage } from '../support/thread.ts';

let app: TestApplication;
const reason = 'So it is.';
const codes = ({ status, body }: Answer): unknown =>
  status < 300 ? status : body.refusals.map((each: { code: string }) => each.code);
const only = ['person.only-decider'];

beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

interface Shop {
  customer: string;
  keeper: Client;
  owner: Client;
  requirement: string;
}

/** An organisation of which one person decides, who has a decision before them. */
async function shop(name: string): Promise<Shop> {
  const customer = await app.customer(name);
  const keeper = await app.person(`${name} keeper`, ['CAD'], { customer });
  const owner = await app.person(`${name} owner`, ['BOW'], { customer });
  const need = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must' };
  const { id } = await owner.create('business-requirements', need);
  await owner.create('outcomes', { title: 'O', requirement: id, statement: 'O.', measure: 'm', unit: '%' });
  await owner.move('business-requirements', id, 'analyse');
  return { customer, keeper, owner, requirement: id };
}

const rightOf = async ({ id }: Client): Promise<string> => {
  const { rows } = await app.database.ownerPool.query<{ id: string }>(
    `select id from core.role_grant where person = $1 and state = 'active'`,
    [id],
  );
  return rows[0]?.id ?? '';
};

type Door = (of: Shop, person?: Client) => Promise<Answer>;
const doors: [string, Door][] = [
  ['is suspended', ({ keeper, owner }, who = owner) => keeper.tryMove('people', who.id, 'suspend', { reason })],
  ['is marked as left', ({ keeper, owner }, who = owner) => keeper.tryMove('people', who.id, 'leave', { reason })],
  [
    'is revoked the right',
    async ({ keeper, owner }, who = owner) => keeper.tryMove('role-grants', await rightOf(who), 'revoke', { reason }),
  ],
  ['is erased', ({ keeper, owner }, who = owner) => keeper.post(`/people/${who.id}/erasure`, { reason })],
];
const ending: Door = ({ keeper, customer }) => keeper.tryMove('customers', customer, 'end', { reason });

// Looked at besides: the end of the whole organisation; gates of the provider; who decides for another organisation only, or is
// suspended; two who go by different doors at the same moment.
describe('who alone decides on what waits', () => {
  it('for the provider goes once somebody else of it may', async () => {
    const cast = await castOf(app, 'Quay Grocers');
    const administrator = await app.person('Ada Min', ['ADM']);
    const pack = await draftedPackage(cast, await agreedRequirement(cast));
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    const away = () => administrator.tryMove('people', cast.portfolio.id, 'suspend', { reason });
    expect(codes(await away())).toEqual(only);
    await app.person('Second', ['SPM']);
    expect(codes(await away())).toBe(200);
  });

  it.each([...doors, ['belongs to an organisation that is ended', ending] as [string, Door]])(
    '%s only once it is decided, or somebody else may',
    async (name, door) => {
      const of = await shop(name);
      const away = await app.person('Away', ['BOW'], { customer: of.customer });
      expect(codes(await of.keeper.tryMove('people', away.id, 'suspend', { reason }))).toBe(200);
      expect(codes(await door(of))).toEqual(only);
      expect((await of.owner.get('/me')).status).toBe(200);
      if (door === ending) await of.owner.move('business-requirements', of.requirement, 'withdraw', { reason });
      else await app.person('Second', ['BOW'], { customer: of.customer });
      expect(codes(await door(of))).toBe(200);
    },
  );

  it('is not followed by who decides for another organisation on the same record', async () => {
    const of = await shop('Shared');
    const other = await app.customer('Beside');
    await app.person('Theirs', ['BOW'], { customer: other });
    const manager = await app.person('Rita', ['BRM']);
    await share(of.requirement, { by: manager, customers: [other], with: [of.owner] });
    const { customers } = (await manager.get(`/business-requirements/${of.requirement}`)).body.record;
    expect(customers.toSorted()).toEqual([of.customer, other].toSorted());
    for (const [, door] of doors) expect(codes(await door(of))).toEqual(only);
    expect(codes(await ending(of))).toEqual(only);
  });

  it('goes freely where nothing waits', async () => {
    for (const [name, door] of doors) {
      const of = await shop(`${name} freely`);
      await of.owner.move('business-requirements', of.requirement, 'withdraw', { reason });
      expect(codes(await door(of))).toBe(200);
    }
  });

  it('is suspended at once where somebody else acts in that name; the gate says that it waits for a decider', async () => {
    const of = await shop('Stolen');
    const colleague = await app.person('Colleague', ['USR'], { customer: of.customer });
    const gate = async () => (await colleague.get(`/gates/G1/${of.requirement}`)).body;
    expect(await gate()).toMatchObject({ waitsForDecider: false });
    const at = (by: Client, body: object) => by.tryMove('people', of.owner.id, 'suspend-at-once', body);
    const stolen = { reason: 'A letter of hers was read out to us.', reasonCode: 'stolen' };
    expect(codes(await at(of.keeper, { reason }))).toEqual(['input.invalid']);
    expect((await at(await app.person('Ada Min', ['ADM']), stolen)).status).toBe(403);
    expect(codes(await at(of.keeper, stolen))).toBe(200);
    expect((await of.owner.get('/me')).status).toBe(401);
    const suspended = { person: of.owner.id, role: 'BOW', mayDecide: false, why: 'Is suspended.' };
    expect(await gate()).toMatchObject({ asked: true, waitsForDecider: true, deciders: [suspended] });
    const [told] = (await of.keeper.get(`/records/${of.owner.id}/journal`)).body.items;
    expect(told).toMatchObject({ move: 'suspend-at-once', reasonCode: 'stolen' });

    const second = await app.person('Second', ['BOW'], { customer: of.customer });
    expect(await gate()).toMatchObject({ waitsForDecider: false });
    await second.decide('G1', of.requirement);
    expect(await gate()).toMatchObject({ asked: false, waitsForDecider: false });
  });

  it('of two who go at the same moment by different doors one stays', async () => {
    for (const [index, [name, door]] of doors.entries()) {
      const of = await shop(`${name} too`);
      const second = await app.person('Second', ['BOW'], { customer: of.customer });
      const [, other] = doors[(index + 1) % doors.length] ?? doors[0] ?? [];
      const answers = await Promise.all([door(of), other?.(of, second)]);
      expect(answers.filter((each) => each && each.status < 300)).toHaveLength(1);
      expect(answers.flatMap((each) => (each && each.status >= 300 ? [codes(each)] : []))).toEqual([only]);
    }
  });
});
