// One-time links: worth what whoever made them may do when they are taken, and nothing once that person locks their own doors.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts, cookieOf, password } from '../support/accounts.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { client } from '../support/client.ts';
import type { Answer, Client } from '../support/client.ts';
import { signedIn } from '../support/session.ts';

let app: TestApplication;
let administrator: Client;
let own: Client;
let customer: string;
let of: ReturnType<typeof accounts>;
let count = 0;
const reason = 'Gone.';

beforeAll(async () => {
  app = await createTestApplication();
  of = accounts(app);
  customer = await app.customer('Marlow');
  administrator = await app.person('Ada Min', ['ADM']);
  own = await app.person('Carla', ['CAD'], { customer });
});
afterAll(() => app.close());

const said = ({ status, body }: Answer) => `${status} ${body.code ?? ''}`.trim();
const worthless = '403 welcome.link';
const newPerson = async (): Promise<string> => {
  count += 1;
  return (await own.create('people', { title: `Bea ${count}`, customer })).id;
};
const linkBy = async (by: Client, person: string): Promise<string> => {
  const made = await by.post(`/people/${person}/invitation`);
  expect(made.status).toBe(201);
  return made.body.token;
};
const takeAs = (token: string, email: string) =>
  app.stranger.post('/welcome', { token, name: 'Taker', email, password });
const take = (token: string) => {
  count += 1;
  return takeAs(token, `taker${count}@links.example.org`);
};

/** Another administrator of the customer, who signs in with a password; its right, and a session of it. */
async function maker(name: string) {
  const { id, email } = await of.account(own, name, customer);
  const right = (await own.create('role-grants', { title: 'CAD', person: id, role: 'CAD', customer })).id;
  const cookie = cookieOf(await of.signIn(email));
  return { id, right, email, cookie, by: await signedIn(app, { id }) };
}

describe('whoever holds a one-time link', () => {
  const read = (token: string) => app.stranger.post('/welcome/link', { token });

  it('is told whom it lets in and where, which uses nothing up, and is known by the name they were noted by', async () => {
    const by = await signedIn(app, own);
    const { id } = await own.create('people', { title: 'Tess Forgot', email: 'tess@marlow.example.org', customer });
    const token = await linkBy(by, id);
    const told = { kind: 'person', organisation: 'Marlow', provider: 'Test provider', renews: false };
    const person = { name: 'Tess Forgot', email: 'tess@marlow.example.org' };
    for (const _ of [1, 2]) expect((await read(token)).body).toEqual({ ...told, ...person });
    expect((await take(token)).status).toBe(201);
    expect((await own.get(`/people/${id}`)).body.record.title).toBe('Tess Forgot');
    expect(said(await read(token))).toBe(worthless);
    expect((await read(await linkBy(by, id))).body).toEqual({ ...told, ...person, renews: true });
  });

  it('is told of an organisation that it claims it, and nobody learns anything without one', async () => {
    const empty = await app.customer('Tarn', { claimed: false });
    const made = await (await signedIn(app, administrator)).post(`/customers/${empty}/invitation`);
    expect((await read(made.body.token)).body).toEqual({
      kind: 'customer',
      name: null,
      email: null,
      organisation: 'Tarn',
      provider: 'Test provider',
      renews: false,
    });
    expect(said(await read('a-token-that-never-was-one'))).toBe(worthless);
  });
});

// Looked at besides: links for organisations; rights that ran out, were lent, or were given again; the installation's own links.
describe('a one-time link is worth nothing', () => {
  it.each([
    ['suspended', (id: string) => own.move('people', id, 'suspend', { reason })],
    ['marked as left', (id: string) => own.move('people', id, 'leave', { reason })],
    ['erased', (id: string) => own.post(`/people/${id}/erasure`, { reason })],
  ])('once who made it is %s', async (what, end) => {
    const made = await maker(`By${what.split(' ')[0]}`);
    const link = await linkBy(made.by, await newPerson());
    await end(made.id);
    expect(said(await take(link))).toBe(worthless);
  });

  it('once the right of who made it is revoked, also when it is given again; another link is as good as before', async () => {
    const made = await maker('Revoked');
    const person = await newPerson();
    const link = await linkBy(made.by, person);
    await own.move('role-grants', made.right, 'revoke', { reason });
    expect(said(await take(link))).toBe(worthless);
    await own.create('role-grants', { title: 'CAD', person: made.id, role: 'CAD', customer });
    expect(said(await take(link))).toBe(worthless);
    expect((await take(await linkBy(await signedIn(app, own), person))).status).toBe(201);
  });

  it('once the right of who made it ran out', async () => {
    const made = await app.person('Until noon', ['CAD'], { customer, validTo: '2026-03-02T12:00:00Z' });
    const link = await linkBy(await signedIn(app, made), await newPerson());
    await app.database.ownerPool.query(
      `update core.role_grant set valid_to = '2026-03-02T08:00:00Z' where person = $1`,
      [made.id],
    );
    // Nor does it tell any more which addresses have an account.
    expect(said(await takeAs(link, (await maker('Taken')).email))).toBe(worthless);
    expect(said(await take(link))).toBe(worthless);
  });

  it('for an organisation, once its maker may no longer let one in', async () => {
    const other = await app.person('Second', ['ADM']);
    const unclaimed = await app.customer('Unclaimed', { claimed: false });
    const { token } = (await (await signedIn(app, other)).post(`/customers/${unclaimed}/invitation`)).body;
    await administrator.move('people', other.id, 'suspend', { reason });
    await administrator.move('people', other.id, 'reinstate');
    expect(said(await take(token))).toBe(worthless);
  });

  it.each([
    ['Changing', '/change-password', { currentPassword: password, newPassword: 'another long password' }],
    ['Out', '/revoke-sessions', {}],
  ])('of and by a person who locks every door: %s', async (name, path, body) => {
    const made = await maker(name);
    const [ofIt, byIt] = [await linkBy(await signedIn(app, own), made.id), await linkBy(made.by, await newPerson())];
    expect((await of.auth(path, body, { cookie: made.cookie })).statusCode).toBe(200);
    expect([said(await take(ofIt)), said(await take(byIt))]).toEqual([worthless, worthless]);
  });

  it('of a person who was suspended meanwhile', async () => {
    const made = await maker('Back');
    const link = await linkBy(await signedIn(app, own), made.id);
    await own.move('people', made.id, 'suspend', { reason });
    await own.move('people', made.id, 'reinstate');
    expect(said(await take(link))).toBe(worthless);
  });

  it('when it is made while its maker signs out everywhere', async () => {
    const racing = await maker('Racing');
    const people = [await newPerson(), await newPerson(), await newPerson(), await newPerson()];
    const session = client(app.server, racing.id, null, { cookie: racing.cookie });
    await app.database.ownerPool.query('update identity.session set "createdAt" = $1', ['2026-03-02T08:55:00Z']);
    const [links] = await Promise.all([
      Promise.all(people.map((person) => session.post(`/people/${person}/invitation`, { password }))),
      of.auth('/revoke-sessions', {}, { cookie: racing.cookie }),
    ]);
    const made = links.flatMap(({ body }) => (body.token ? [String(body.token)] : []));
    expect((await Promise.all(made.map(take))).map(said)).toEqual(made.map(() => worthless));
  });
});
