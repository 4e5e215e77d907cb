// What a session leaves behind: keys, who sees them, and what ends them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts, cookieOf, password } from '../support/accounts.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
import { client } from '../support/client.ts';
import type { Answer, Body, Client } from '../support/client.ts';

let app: TestApplication;
let administrator: Client;
let theirs: Client;
let customer: string;
let of: ReturnType<typeof accounts>;
const tomorrow = '2026-03-03T09:00:00.000Z';
const later = '2026-03-04T09:00:00.000Z';

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlow');
  administrator = await app.person('Ada Min', ['ADM']);
  theirs = await app.person('Carla', ['CAD'], { customer });
  of = accounts(app);
});
/** Links are made by sessions. */
const invite = async (by: Client, path: string) => (await signedIn(app, by)).post(path);
afterAll(() => app.close());

const said = ({ status, body }: Answer) => `${status} ${body.code ?? ''}`.trim();
const by = (key: string) => client(app.server, '', key);
const me = async (key: string) => (await by(key).get('/me')).status;

/** A person with an account, a session that began long ago, and a key made with the password. */
async function keyed(name: string) {
  const { id, email } = await of.account(theirs, name, customer);
  await theirs.create('role-grants', { title: 'USR', person: id, role: 'USR', customer });
  const cookie = cookieOf(await of.signIn(email));
  await app.database.ownerPool.query(`update identity.session set "createdAt" = '2026-01-01T00:00:00Z'`);
  const post = async (path: string, body: object) => (await of.as(cookie, 'POST', path, body)).json();
  const make = (body: object = {}) => post('/keys', { name: 'Mine', scopes: ['read', 'write'], password, ...body });
  const made = await make();
  return { id, email, cookie, make, post, key: String(made.key), keyId: String(made.id) };
}

// Looked at besides: everything that a session can leave behind (keys only: sessions and one-time links are listed in their tests).
describe('a key', () => {
  it('is made after signing in just now, or with the password: not by a session that was taken over', async () => {
    const { cookie, make, email } = await keyed('Fresh');
    for (const body of [{ password: undefined }, { password: 'another password' }])
      expect((await make(body)).code).toBe('sign-in.fresh');
    expect((await make()).key).toMatch(/^sw_/);
    const again = cookieOf(await of.signIn(email));
    await app.database.ownerPool.query(
      `update identity.session set "createdAt" = '2026-03-02T08:50:00Z' where "createdAt" > '2026-02-01'`,
    );
    const made = await of.as(again, 'POST', '/keys', { name: 'Just now', scopes: ['read'] });
    expect(made.statusCode).toBe(201);
    // Guessing it there waits as at the sign-in.
    for (let count = 0; count < 5; count += 1) await make({ password: `a guess ${count}` });
    expect((await make()).code).toBe('sign-in.fresh');
    expect((await of.as(cookie, 'GET', '/me')).statusCode).toBe(200);
  });

  it('makes none that may more, lasts longer, or lives on when it ends', async () => {
    const { make } = await keyed('Parent');
    const parent = await make({ expiresAt: tomorrow });
    const child = async (body: object) => by(parent.key).post('/keys', { name: 'Child', scopes: ['read'], ...body });
    expect(said(await child({ scopes: ['decide'] }))).toBe('403 key.wider');
    expect(said(await child({ expiresAt: later }))).toBe('403 key.longer');
    const { key, id } = (await child({})).body;
    const { items } = (await by(parent.key).get('/keys')).body;
    expect(items.find((each: Body) => each.id === id)).toMatchObject({ expiresAt: tomorrow, parent: parent.id });
    const grandchild = (await by(key).post('/keys', { name: 'G', scopes: ['read'] })).status;
    expect(grandchild).toBe(403); // it may not write
    await by(parent.key).post(`/keys/${parent.id}/revoke`);
    expect([await me(parent.key), await me(key)]).toEqual([401, 401]);
  });

  it('is not made to have ended already', async () => {
    const { make } = await keyed('Past');
    expect((await make({ expiresAt: '2026-03-01T00:00:00Z' })).code).toBe('key.past');
  });

  it('is seen and revoked by its owner and the administrator of its side, and by nobody else', async () => {
    const { id, key, keyId } = await keyed('Listed');
    const other = await app.person('Other', ['CAD'], { customer: await app.customer('Elsewhere') });
    const colleague = await app.person('Colleague', ['BEX'], { customer });
    const list = {
      items: [expect.objectContaining({ id: keyId, name: 'Mine', prefix: key.slice(0, 7), revokedAt: null })],
    };
    expect((await by(key).get('/keys')).body).toEqual(list);
    expect((await theirs.get(`/people/${id}/access`)).body).toEqual({
      ...list,
      signsIn: true,
      secondFactor: false,
      mayLetIn: true,
    });
    expect((await by(key).get(`/people/${id}/access`)).body).toEqual({
      ...list,
      signsIn: true,
      secondFactor: false,
      mayLetIn: false,
    });
    expect(JSON.stringify((await by(key).get('/keys')).body)).not.toContain(key.slice(7));
    const seen = [administrator, colleague, other].map(async (each) => said(await each.get(`/people/${id}/access`)));
    expect(await Promise.all(seen)).toEqual([
      '403 permission.other-side',
      '403 permission.other-side',
      '404 record.not-found',
    ]);
    for (const each of [administrator, colleague, other])
      expect(said(await each.post(`/keys/${keyId}/revoke`))).toBe('404 record.not-found');
    expect(await me(key)).toBe(200);
    expect((await theirs.post(`/keys/${keyId}/revoke`)).status).toBe(200);
    expect(await me(key)).toBe(401);
  });
});

describe('keys end', () => {
  const ended = async (name: string, end: (person: Awaited<ReturnType<typeof keyed>>) => Promise<unknown>) => {
    const person = await keyed(name);
    expect(await me(person.key)).toBe(200);
    await end(person);
    return { ...person, status: await me(person.key) };
  };
  const asked = (path: string, body: object) => async (person: { cookie: string }) => {
    const { statusCode } = await of.auth(path, body, { cookie: person.cookie });
    expect(statusCode).toBe(200);
  };

  it('when the password is changed, and every other session with them', async () => {
    const change = { currentPassword: password, newPassword: 'another long password' };
    let second = '';
    const { status } = await ended('Changed', async (person) => {
      second = cookieOf(await of.signIn(person.email));
      await asked('/change-password', change)(person);
    });
    expect(status).toBe(401);
    expect((await of.as(second, 'GET', '/me')).statusCode).toBe(401);
  });

  it('when one signs out everywhere', async () => {
    const { status, cookie } = await ended('Out', asked('/revoke-sessions', {}));
    expect([status, (await of.as(cookie, 'GET', '/me')).statusCode]).toEqual([401, 401]);
  });

  it('when a second factor is switched on or off', async () => {
    expect((await ended('Factor', asked('/two-factor/enable', { password }))).status).toBe(401);
  });

  it('when the person is suspended or leaves, also for who comes back', async () => {
    const move = (name: string) => (person: { id: string }) =>
      theirs.move('people', person.id, name, { reason: 'Gone.' });
    expect((await ended('Left', move('leave'))).status).toBe(401);
    const back = await ended('Back', move('suspend'));
    await theirs.move('people', back.id, 'reinstate');
    expect([await me(back.key), (await of.as(back.cookie, 'GET', '/me')).statusCode]).toEqual([401, 401]);
  });

  it('when a new one-time link is taken', async () => {
    const { status } = await ended('Renewed', async ({ id, email }) => {
      const { token } = (await invite(theirs, `/people/${id}/invitation`)).body;
      await app.stranger.post('/welcome', { token, name: 'R', email, password: 'another long password' });
    });
    expect(status).toBe(401);
  });
});

// Looked at besides: keys of a session that ends, children of children, keys made while the person is suspended or leaves.
describe('a key that is made at the moment when what makes it ends', () => {
  const eight = Array.from({ length: 8 }, (_, index) => index);
  const living = async (keys: (string | undefined)[]) => {
    const answers = await Promise.all(keys.flatMap((key) => (key === undefined ? [] : [me(key)])));
    return answers.filter((status) => status !== 401);
  };

  /** Each key that is made is another version of the person. */
  const suspended = async (id: string) => {
    while ((await theirs.tryMove('people', id, 'suspend', { reason: 'Gone.' })).status !== 200);
  };

  it('ends with the key that makes it', async () => {
    const { make } = await keyed('Racing');
    for (let round = 0; round < 3; round += 1) {
      const parent = await make();
      const child = () => by(parent.key).post('/keys', { name: 'Child', scopes: ['read'] });
      const [made] = await Promise.all([
        Promise.all(eight.map(child)),
        by(parent.key).post(`/keys/${parent.id}/revoke`),
      ]);
      expect(await living(made.map(({ body }) => body.key))).toEqual([]);
    }
  });

  it.each([
    ['OutRacing', '/revoke-sessions', {}],
    ['ChangeRacing', '/change-password', { currentPassword: password, newPassword: 'another long password' }],
  ])('ends with the session that makes it: %s', async (name, path, body) => {
    const { cookie, make } = await keyed(name);
    const [made] = await Promise.all([
      Promise.all(eight.map(() => make({ scopes: ['read'] }))),
      of.auth(path, body, { cookie }),
    ]);
    expect(await living(made.map(({ key }) => key))).toEqual([]);
  });

  it('ends with the right to be there', async () => {
    const { id, key } = await keyed('Suspending');
    const [made] = await Promise.all([
      Promise.all(eight.map(() => by(key).post('/keys', { name: 'Child', scopes: ['read'] }))),
      suspended(id),
    ]);
    await theirs.move('people', id, 'reinstate', { reason: 'Back.' });
    expect(await living(made.map(({ body }) => body.key))).toEqual([]);
  });
});
