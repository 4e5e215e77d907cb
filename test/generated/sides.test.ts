// Whose people are whose: every role, at every door of people and rights, towards people of every side. A role, a move or a
// right that is added stands here by itself; what is not said below to be open is shut.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
import { arranged } from '../support/arrange.ts';
import type { Answer, Client } from '../support/client.ts';

let app: TestApplication;
let one: string;
let other: string;
/** By what they hold, and from where. */
const actors = new Map<string, Client>();
/** By where they belong. */
const targets = new Map<string, string>();

const isOfCustomer = (side: string) => side === 'B' || side === 'U';

async function lend(of: Client, to: Client, role: string, customer: string | null) {
  const delegation = await of.post('/delegations', {
    title: 'Lent',
    delegator: of.id,
    delegate: to.id,
    role,
    customer,
    validFrom: '2026-03-01T00:00:00Z',
    validTo: '2026-04-01T00:00:00Z',
  });
  expect(delegation.status).toBe(201);
}

beforeAll(async () => {
  app = await createTestApplication();
  one = await app.customer('One');
  other = await app.customer('Other');
  for (const { code, side } of roles.values())
    actors.set(code, await app.person(`The ${code}`, [code], isOfCustomer(side) ? { customer: one } : {}));
  actors.set('CAD of the other', await app.person('Their keeper', ['CAD'], { customer: other }));
  const lentTo = await app.person('Deputy', ['SDK']);
  const lentAt = await app.person('Deputy there', ['USR'], { customer: one });
  await lend(actor('ADM'), lentTo, 'ADM', null);
  await lend(actor('CAD'), lentAt, 'CAD', one);
  actors.set('ADM, lent', lentTo);
  actors.set('CAD, lent', lentAt);
  targets.set('provider', (await app.person('Of the provider', ['SDK'])).id);
  targets.set('one', (await app.person('Of the one', ['USR'], { customer: one })).id);
  targets.set('other', (await app.person('Of the other', ['USR'], { customer: other })).id);
  targets.set('contact', await arranged(app, 'person', { title: 'A contact', customer: one, customers: [one] }));
});
/** Links are made by sessions. */
const invite = async (by: Client, path: string) => (await signedIn(app, by)).post(path);
afterAll(() => app.close());

function actor(name: string): Client {
  const found = actors.get(name);
  if (!found) throw new Error(`nobody acts as ${name}`);
  return found;
}

const homeOf = (target: string) => (target === 'provider' ? null : target === 'other' ? other : one);
/** Who keeps people of a side: its own administrator, in its own right. */
const keeperOf = (target: string) =>
  (({ provider: 'ADM', other: 'CAD of the other' }) as Record<string, string>)[target] ?? 'CAD';

const passed = ({ status }: Answer) => status < 300;

it("opens no door to a person for anybody but that side's administrator in its own right", async () => {
  const person = app.application.registry.records.get('person');
  const moves = Object.keys(person?.definition.lifecycle.moves ?? {});
  expect(moves).toContain('suspend');
  const doors: Record<string, (by: Client, id: string) => Promise<Answer>> = {
    edit: async (by, id) => {
      const { version } = (await actor('ADM').get(`/people/${id}`)).body.record;
      return by.patch(`/people/${id}`, { expectedVersion: version, email: `${by.id}@example.org` });
    },
    invite: (by, id) => invite(by, `/people/${id}/invitation`),
    erase: (by, id) => by.post(`/people/${id}/erasure`, { reason: 'Mine.' }),
    ...Object.fromEntries(
      moves.map((move) => [
        move,
        (by: Client, id: string) => by.post(`/people/${id}/moves/${move}`, { expectedVersion: 1, reason: 'Mine.' }),
      ]),
    ),
  };
  const open: string[] = [];
  for (const [name, by] of actors)
    for (const [target, id] of targets)
      for (const [door, go] of Object.entries(doors))
        if (name !== keeperOf(target) && passed(await go(by, id))) open.push(`${name}: ${door} ${target}`);
  // The provider's administrator mends the contact that nobody let in.
  expect(open).toEqual(['ADM: edit contact']);
});

it('opens it to that administrator', async () => {
  const shut: string[] = [];
  for (const target of targets.keys()) {
    const [by, customer] = [actor(keeperOf(target)), homeOf(target)];
    const { id } = await by.create('people', { title: 'Kept', customer });
    const edited = await by.patch(`/people/${id}`, { expectedVersion: 1, email: `${id}@example.org` });
    const answers = [edited, await invite(by, `/people/${id}/invitation`)];
    for (const move of ['suspend', 'reinstate'])
      answers.push(await by.tryMove('people', id, move, { reason: 'Ours.' }));
    answers.push(await by.post(`/people/${id}/erasure`, { reason: 'Ours.' }));
    shut.push(...answers.filter((each) => !passed(each)).map((each) => `${target}: ${each.body.code}`));
  }
  expect(shut).toEqual([]);
});

it('lets nobody be noted for another side, but for contacts of a customer by the provider', async () => {
  const made: string[] = [];
  // The header that is asked for counts for nothing: who sees a person is where it belongs.
  for (const [name, by] of actors)
    for (const [home, customer] of Object.entries({ provider: null, one, other }))
      if (passed(await by.post('/people', { title: 'Made', customer, ...(customer ? {} : { customers: [] }) })))
        made.push(`${name}: ${home}`);
  expect(made.toSorted()).toEqual(['ADM: one', 'ADM: other', 'ADM: provider', 'CAD of the other: other', 'CAD: one']);
});

it('gives every role to people of its own side alone, by the administrator of that side in its own right', async () => {
  const wrong: string[] = [];
  for (const { code, side } of roles.values())
    for (const [target, person] of targets)
      for (const name of [
        'ADM',
        'CAD',
        'CAD of the other',
        'ADM, lent',
        'CAD, lent',
        'SOW',
        'BEX',
        'USR',
        'AUD',
        'SUPX',
      ])
        for (const customer of isOfCustomer(side) ? [one, other] : [null, one]) {
          const granted = passed(await actor(name).post('/role-grants', { title: 'G', person, role: code, customer }));
          const fits = isOfCustomer(side)
            ? homeOf(target) === customer && name === keeperOf(target)
            : target === 'provider' && name === 'ADM';
          if (granted !== fits) wrong.push(`${name} ${granted ? 'gave' : 'could not give'} ${code} to ${target}`);
        }
  expect(wrong).toEqual([]);
}, 300_000);

it('lends no role across the sides', async () => {
  const lent: string[] = [];
  for (const { code, side } of roles.values())
    for (const [target, delegate] of targets) {
      const customer = isOfCustomer(side) ? one : null;
      const answer = await actor(code).post('/delegations', {
        title: 'Lent',
        delegator: actor(code).id,
        delegate,
        role: code,
        customer,
        validFrom: '2026-03-01T00:00:00Z',
        validTo: '2026-04-01T00:00:00Z',
      });
      if (passed(answer) !== (homeOf(target) === customer)) lent.push(`${code} to ${target}: ${answer.status}`);
    }
  expect(lent).toEqual([]);
});

it('ends an organisation that was claimed by its own administrator alone, and shares none with another', async () => {
  const ended: string[] = [];
  for (const [name, by] of actors)
    if (name !== 'CAD')
      for (const move of [
        'end',
        'propose-administrator',
        'confirm-administrator',
        'announce-administrator',
        'second-announcement',
      ])
        if (passed(await by.post(`/customers/${one}/moves/${move}`, { expectedVersion: 1, reason: 'Mine.' })))
          ended.push(`${name}: ${move}`);
  expect(ended).toEqual([]);
  const made = await actor('ADM').create('customers', {
    title: 'Third',
    relationship: 'external',
    zone: 'UTC',
    customers: [one],
  });
  expect(made.customers).toEqual([]);
  expect((await actor('CAD').get(`/customers/${made.id}`)).status).toBe(404);
});

it('lets a lent right import nobody', async () => {
  expect((await actor('ADM').get('/imports')).status).toBe(200);
  for (const name of ['ADM, lent', 'CAD', 'SOW'])
    expect((await actor(name).get('/imports')).body.code).toBe('permission.role');
});
