// Whom one may know: what is hidden is answered as what is not there. Looked at besides: every field that names a record, person,
// team or customer (they are judged by one function), filters of lists, conflicts, delegations and grants.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { arranged } from '../support/arrange.ts';
import type { Answer, Client } from '../support/client.ts';
import { signedIn } from '../support/session.ts';

let app: TestApplication;
let near: Client;
let far: Client;
let desk: Client;
let contact: string;
let shared: string;
let unknown: string;

const need = { title: 'Boats', statement: 'They float.', trigger: 'market', priority: 'must' };

beforeAll(async () => {
  app = await createTestApplication();
  const [one, other] = [await app.customer('Marlowe Grocers'), await app.customer('Tidewater Quay')];
  near = await app.person('Bea Near', ['BOW'], { customer: one });
  far = await app.person('Fay Far', ['BOW'], { customer: other });
  desk = await app.person('Dee Desk', ['SDK', 'BRM']);
  contact = await arranged(app, 'person', { title: 'Con Tact', customer: other, customers: [] });
  ({ id: shared } = await desk.create('business-requirements', { ...need, customers: [one, other], owner: far.id }));
  unknown = randomUUID();
});
afterAll(() => app.close());

const without = ({ status, body }: Answer, id: string) => [status, JSON.stringify(body).replaceAll(id, '')];

describe('somebody of another customer', () => {
  it('is answered as nobody, wherever one names a person', async () => {
    const own = (await near.create('business-requirements', need)).id;
    const asked: ((id: string) => Promise<Answer>)[] = [
      (id) => near.post('/business-requirements', { ...need, owner: id }),
      (id) => near.patch(`/business-requirements/${own}`, { expectedVersion: 1, owner: id }),
      (id) => near.post('/outcomes', { title: 'x', requirement: shared, owner: id }),
      (id) => near.get(`/records/${shared}/why-visible?person=${id}`),
      (id) => near.get(`/records?owner=${id}`),
      (id) => near.get(`/business-requirements?owner=${id}`),
      (id) => near.get(`/people/${id}`),
      (id) => near.post('/links', { type: 'relatesTo', from: own, to: id }),
    ];
    for (const ask of asked)
      for (const hidden of [far.id, contact])
        expect(without(await ask(hidden), hidden)).toEqual(without(await ask(unknown), unknown));
  });

  it("stands nowhere by name or id, also where an older edit is in one's way", async () => {
    const { version } = (await far.get(`/business-requirements/${shared}`)).body.record;
    await far.patch(`/business-requirements/${shared}`, { expectedVersion: version, title: 'Big boats' });
    const late = await near.patch(`/business-requirements/${shared}`, {
      expectedVersion: version,
      title: 'Small boats',
    });
    expect(late.status).toBe(409);
    const answers = [late, await near.get(`/business-requirements/${shared}`), await near.get(`/records/${shared}`)];
    for (const { body } of answers) expect(JSON.stringify(body)).not.toMatch(`${far.id}|Fay`);
  });

  it('is not told by name though no header says whose person it is', async () => {
    expect((await desk.get(`/people/${contact}`)).body.record.title).toBe('Con Tact');
    for (const door of ['/search?q=Tact', `/records/${contact}`, `/records/${shared}/why-visible?person=${contact}`])
      expect(JSON.stringify((await near.get(door)).body)).not.toContain('Con Tact');
    const told = await near.get(`/people?limit=200`);
    expect(JSON.stringify(told.body)).not.toContain('Con Tact');
  });
});

it("the provider's people are known to all who share a record with them", async () => {
  const { body } = await near.post('/business-requirements', { ...need, owner: desk.id });
  expect(body.names[desk.id]).toBe('Dee Desk');
});

// Looked at besides: every index by which only one may have a value (the others are of one side, or derived); editing; the one
// door where an account's address must be free, which tells at most a few to who holds a one-time link.
describe('an e-mail address that another side knows', () => {
  it('is noted and edited as one that nobody knows', async () => {
    const [one, other] = [await app.customer('Pier'), await app.customer('Jetty')];
    const administrator = await app.person('Ada Min', ['ADM']);
    const keeper = await app.person('Carla', ['CAD'], { customer: one });
    await administrator.create('people', { title: 'Ours', email: 'kim@example.org' });
    await administrator.create('people', { title: 'Theirs', email: 'sam@example.org', customer: other });
    for (const email of ['kim@example.org', 'Sam@example.org', 'nobody@example.org']) {
      const made = await keeper.post('/people', { title: 'Contact', email, customer: one });
      expect(made.status).toBe(201);
      const second = await keeper.create('people', { title: 'Second', email: `second-${email}`, customer: one });
      const again = await keeper.patch(`/people/${second.id}`, { expectedVersion: 1, email });
      expect([again.status, again.body.code]).toEqual([409, 'record.duplicate']);
    }
  });

  it('is told to who holds a one-time link a few times only', async () => {
    const administrator = await app.person('Ada Min', ['ADM'], { signsIn: true });
    const { id } = await administrator.create('people', { title: 'Late' });
    const session = await signedIn(app, administrator);
    const token = async () => (await session.post(`/people/${id}/invitation`)).body.token;
    const [first, second] = [await token(), await token()];
    const take = (of: string, email: string) =>
      app.stranger.post('/welcome', { token: of, name: 'Late', email, password: 'a long enough password' });
    const taken = `${administrator.id}@accounts.example.org`;
    for (let tries = 0; tries < 5; tries += 1) expect((await take(first, taken)).body.code).toBe('welcome.email-taken');
    expect((await take(first, taken)).body.code).toBe('welcome.link');
    expect((await take(first, 'late@example.org')).body.code).toBe('welcome.link');
    expect((await take(second, 'late@example.org')).status).toBe(201);
  });
});
