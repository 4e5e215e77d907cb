// How a customer's claim stands: who came by a link that the provider handed over is confirmed by a second of its people.
// Its kind: what the business decides on the provider's word alone. Looked at besides: rights and loans (given by their own
// side alone), links that let people in (made by their own side alone), an organisation that is claimed anew.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer, Body, Client } from '../support/client.ts';
import { measurable } from '../support/thread.ts';
import { signedIn } from '../support/session.ts';

let app: TestApplication;
let administrator: Client;
const reason = 'So it is.';
const password = 'a long enough password';
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.code}`);
const confirm = async (by: Client, customer: string) => {
  const expectedVersion = (await administrator.get(`/customers/${customer}`)).body.record.version;
  return by.post(`/customers/${customer}/moves/confirm`, { expectedVersion, reason });
};
const standingOf = async (customer: string) =>
  (await administrator.get(`/customers/${customer}`)).body.record.fields.standing;

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM']);
});
afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

/** Claimed through the link that the provider's administrator made. */
async function claimed(title: string): Promise<{ customer: string; claimant: Client }> {
  const customer = await app.customer(title, { claimed: false });
  const made = await (await signedIn(app, administrator)).post(`/customers/${customer}/invitation`);
  const email = `${title.toLowerCase()}@accounts.example.org`;
  const newcomer = { token: made.body.token, name: `Who claimed ${title}`, email, password };
  const taken = await app.stranger.post('/welcome', newcomer);
  return { customer, claimant: await signedIn(app, { id: taken.body.person }) };
}

describe('a claim', () => {
  it('is self-declared, until a second person of the organisation confirms it in a right of their own', async () => {
    const { customer, claimant } = await claimed('Quay');
    expect(await standingOf(customer)).toBe('self-declared');
    const owner = await app.person('Bea', ['BOW'], { customer });
    const without = await app.person('Nora', [], { customer });
    const another = await app.person('Olga', ['BOW'], { customer: await app.customer('Pier') });
    expect(outcome(await confirm(claimant, customer))).toBe('409 customer.own-claim');
    expect(outcome(await confirm(administrator, customer))).toBe('403 permission.other-side');
    expect(outcome(await confirm(without, customer))).toMatch(/^40[349] /);
    expect(outcome(await confirm(another, customer))).toMatch(/^40[34] /);
    expect(await standingOf(customer)).toBe('self-declared');
    expect(outcome(await confirm(owner, customer))).toBe(200);
    expect(await standingOf(customer)).toBe('confirmed');
    expect(outcome(await confirm(owner, customer))).toBe('409 customer.confirmed');
    const { items } = (await owner.get(`/records/${customer}/journal`)).body;
    expect(items[0]).toMatchObject({ move: 'confirm', actor: owner.id, reason });
    expect(items[1].edits['_claim']).toEqual({ madeBy: administrator.id, usedBy: claimant.id });
  });

  it('that nobody made is confirmed by nobody', async () => {
    const customer = await app.customer('Mole', { claimed: false });
    expect(outcome(await confirm(administrator, customer))).toBe('409 customer.unclaimed');
  });

  it('is not confirmed with a right that was lent, nor by a key that may not decide', async () => {
    const customer = await app.customer('Lock', { standing: 'self-declared' });
    const owner = await app.person('Bea', ['BOW'], { customer });
    const borrower = await app.person('Bo', [], { customer });
    await owner.create('delegations', {
      title: 'Bo stands in',
      delegator: owner.id,
      delegate: borrower.id,
      role: 'BOW',
      customer,
      validFrom: '2026-03-01T00:00:00Z',
      validTo: '2026-04-01T00:00:00Z',
    });
    const keyed = await app.person('Kit', ['BOW'], { customer, scopes: ['read', 'write'] });
    expect(outcome(await confirm(borrower, customer))).toBe('403 permission.other-side');
    expect(outcome(await confirm(keyed, customer))).toBe('403 permission.key-scope');
    expect(await standingOf(customer)).toBe('self-declared');
  });
});

describe('a decision that hangs on a self-declared claim', () => {
  async function proposed(customer: string, owner: Client, profile: string): Promise<string> {
    const { id } = await owner.create('business-requirements', {
      title: `Two-hour slots, ${profile}`,
      statement: 'Customers collect within two hours.',
      trigger: 'market',
      priority: 'must',
      profile,
      customers: [customer],
    });
    await owner.create('outcomes', {
      ...measurable,
      requirement: id,
    });
    await owner.move('business-requirements', id, 'analyse');
    return id;
  }
  const decided = (by: Client, id: string) => by.tryDecide('G1', id, { reason });
  const newest = async (by: Client, id: string): Promise<Body> =>
    (await by.get(`/business-requirements/${id}`)).body.decisions.at(-1);

  it('is not made in the standard and the regulated profile, and is marked in the light one', async () => {
    const customer = await app.customer('Weir', { standing: 'self-declared' });
    const owner = await app.person('Bea', ['BOW'], { customer });
    const [light, standard, regulated] = await Promise.all(
      ['light', 'standard', 'regulated'].map((profile) => proposed(customer, owner, profile)),
    );
    if (!light || !standard || !regulated) throw new Error('three were proposed');
    for (const id of [standard, regulated]) {
      expect(outcome(await decided(owner, id))).toBe('403 decision.claim-unconfirmed');
      const { deciders } = (await owner.get(`/gates/G1/${id}`)).body;
      expect(deciders[0].why).toBe(
        'One person alone has come for this customer, by a link that the provider handed over.',
      );
    }
    expect((await owner.get(`/gates/G1/${light}`)).body.deciders[0].why).toMatch(/on a self-declared claim/);
    expect(outcome(await decided(owner, light))).toBe(201);
    expect(await newest(owner, light)).toMatchObject({ selfDeclared: true });

    expect(outcome(await confirm(owner, customer))).toBe(200);
    expect(outcome(await decided(owner, standard))).toBe(201);
    expect(await newest(owner, standard)).toMatchObject({ selfDeclared: false });
  });
});
