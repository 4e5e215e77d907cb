// Nobody is locked out, nobody is silenced.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoveryLink } from '../../app/cli/administrator.ts';
import { isAdministered } from '../../core/party/administrators.ts';
import { createClaim } from '../../core/permission/claim.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
import { arranged } from '../support/arrange.ts';
import type { Answer, Client } from '../support/client.ts';

let app: TestApplication;
let administrator: Client;
const reason = 'So it is.';
const password = 'a long enough password';
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.code}`);

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM']);
});
/** Links are made by sessions. */
const invite = async (by: Client, path: string) => (await signedIn(app, by)).post(path);
afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

const rightOf = async (person: Client, role: string): Promise<string> => {
  const { rows } = await app.database.ownerPool.query<{ id: string }>(
    `select id from core.role_grant where person = $1 and role = $2 and state = 'active'`,
    [person.id, role],
  );
  return rows[0]?.id ?? '';
};
const revoke = async (by: Client, of: Client, role: string) =>
  by.tryMove('role-grants', await rightOf(of, role), 'revoke', { reason });
const last = '409 person.last-administrator';

// Looked at besides: every way a right ends (revoked, its person suspended, left or erased, its period over), on both sides.
describe("a side's last administrator who can sign in", () => {
  const everyEnd = async (by: Client, of: Client, role: string) =>
    Promise.all([
      revoke(by, of, role),
      by.tryMove('people', of.id, 'suspend', { reason }),
      by.tryMove('people', of.id, 'leave', { reason }),
      by.post(`/people/${of.id}/erasure`, { reason }),
    ]).then((answers) => answers.map(outcome));

  it('of the provider cannot revoke, suspend, or mark itself as left, nor be erased', async () => {
    expect(await everyEnd(administrator, administrator, 'ADM')).toEqual([last, last, last, last]);
  });

  it('of a customer cannot either', async () => {
    const own = await app.person('Carla', ['CAD'], { customer: await app.customer('Quay') });
    expect(await everyEnd(own, own, 'CAD')).toEqual([last, last, last, last]);
  });

  it('is not followed by who cannot sign in, is suspended, or holds the right for a time only', async () => {
    const customer = await app.customer('Pier');
    const own = await app.person('Carla', ['CAD'], { customer });
    await app.person('Never came', ['CAD'], { customer, signsIn: false });
    await app.person('For a month', ['CAD'], { customer, validTo: '2026-04-01T00:00:00Z' });
    await app.person('Not yet', ['CAD'], { customer, validFrom: '2026-04-01T00:00:00Z' });
    const suspended = await app.person('Suspended', ['CAD'], { customer });
    await own.move('people', suspended.id, 'suspend', { reason });
    expect(outcome(await revoke(own, own, 'CAD'))).toBe(last);
    await own.move('people', suspended.id, 'reinstate');
    expect(outcome(await revoke(own, own, 'CAD'))).toBe(200);
  });

  it('is not lost by two who revoke each other at the same moment', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const customer = await app.customer(`Round ${round}`);
      const one = await app.person('One', ['CAD'], { customer });
      const two = await app.person('Two', ['CAD'], { customer });
      // Both know what they write on: who was too late could not read it any more.
      const right = await rightOf(two, 'CAD');
      const { version } = (await two.get(`/people/${one.id}`)).body.record;
      const answers = await Promise.all([
        one.post(`/role-grants/${right}/moves/revoke`, { expectedVersion: 1, reason }),
        two.post(`/people/${one.id}/moves/suspend`, { expectedVersion: version, reason }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });

  it('grants a right for a time, and takes it back, as it likes', async () => {
    const customer = await app.customer('Jetty');
    const own = await app.person('Carla', ['CAD'], { customer });
    const other = await app.person('Cleo', [], { customer, signsIn: true });
    const given = { title: 'For a week', person: other.id, role: 'CAD', customer, validTo: '2026-03-09T00:00:00Z' };
    const { id } = await own.create('role-grants', given);
    expect(outcome(await own.tryMove('role-grants', id, 'revoke', { reason }))).toBe(200);
  });
});

// Looked at besides: `hasAdministrator` of a start, which counted rights that were revoked.
describe('an installation that nobody can administer any more', () => {
  const link = async (person?: string) => {
    const made = await recoveryLink(
      { application: app.application, owner: app.database.ownerPool },
      { id: app.providerId, scenarioNow: null },
      person,
    );
    return (made.ok && made.value.data) || '';
  };
  const administered = () =>
    isAdministered(app.database.ownerPool, {
      providerId: app.providerId,
      now: new Date(app.clock.now()).toISOString(),
    });

  it('gets a one-time link on its own machine, for a new administrator, told in the journal', async () => {
    const token = await link();
    const right = await rightOf(administrator, 'ADM');
    const { items } = (await administrator.get(`/records/${right}/journal`)).body;
    expect(items[0].reason).toBe('A one-time link for an administrator was made on the machine itself.');
    const taken = await app.stranger.post('/welcome', { token, name: 'Back', email: 'back@example.org', password });
    expect(taken.status).toBe(201);
    expect((await app.stranger.post('/welcome', { token, name: 'B', email: 'b@example.org', password })).status).toBe(
      403,
    );
  });

  it('or for one who comes back: suspended, without the right, and without the password', async () => {
    const other = await app.person('Aldo', ['SDK'], { signsIn: true });
    await administrator.move('people', other.id, 'suspend', { reason });
    const token = await link(other.id);
    const taken = await app.stranger.post('/welcome', { token, name: 'Aldo', email: 'aldo@example.org', password });
    expect(taken.body).toEqual({ person: other.id });
    expect((await administrator.get(`/people/${other.id}`)).body.record.state).toBe('active');
    expect(await rightOf(other, 'ADM')).not.toBe('');
  });

  it('is one whose administrators were revoked, are suspended, or cannot sign in', async () => {
    expect(await administered()).toBe(true);
    await app.database.ownerPool.query(
      `update core.person set state = 'suspended' where state = 'active' and customer is null`,
    );
    expect(await administered()).toBe(false);
    await app.database.ownerPool.query(
      `update core.person set state = 'active' where state = 'suspended' and customer is null`,
    );
  });
});

// Looked at besides: every use of the organisation that a person belongs to where a right was meant (lists, search, names, figures).
describe('sight', () => {
  it('ends with the last right in force: what is left is oneself', async () => {
    const customer = await app.customer('Sight');
    const owner = await app.person('Bea', ['BOW'], { customer, validTo: '2026-03-02T10:00:00Z' });
    const contact = await app.person('Cora', [], { customer });
    const { id } = await owner.create('business-requirements', { title: 'Seen', statement: 'N.', trigger: 'market' });
    const sees = async (by: Client) =>
      Promise.all(
        [`/business-requirements/${id}`, `/records/${id}/journal`, `/customers/${customer}`, `/people/${by.id}`].map(
          async (path) => (await by.get(path)).status,
        ),
      );
    expect(await sees(owner)).toEqual([200, 200, 200, 200]);
    expect(await sees(contact)).toEqual([404, 404, 404, 200]);
    app.clock.advance(2 * 3_600_000);
    expect(await sees(owner)).toEqual([404, 404, 404, 200]);
    expect((await owner.get('/search?q=seen')).body.items).toEqual([]);
    expect((await owner.get('/business-requirements')).body.items).toEqual([]);
    expect((await owner.get(`/records?owner=${owner.id}`)).body.items).toEqual([]);
  });
});

// Looked at besides: an open link from before, a link of the other side, a borrowed right (the generated doors), the second factor.
describe('a forgotten password', () => {
  const signIn = (email: string, secret: string) =>
    app.server.inject({
      method: 'POST',
      url: '/api/v1/auth/sign-in/email',
      headers: { origin: 'http://localhost' },
      payload: { email, password: secret },
    });

  it('is replaced by a fresh link of the own side, which ends second factor, sessions, keys and older links', async () => {
    const { id } = await administrator.create('people', { title: 'Pia' });
    const first = (await invite(administrator, `/people/${id}/invitation`)).body.token;
    const email = 'pia@example.org';
    const take = (token: string, secret: string) =>
      app.stranger.post('/welcome', { token, name: 'Pia', email, password: secret });
    expect((await take(first, password)).status).toBe(201);
    const before = await signIn(email, password);
    const cookie = String(before.headers['set-cookie']).split(';')[0] ?? '';
    const me = () => app.server.inject({ url: '/api/v1/me', headers: { cookie } });
    expect((await me()).statusCode).toBe(200);
    await app.database.ownerPool.query(
      `with u as (update identity."user" set "twoFactorEnabled" = true where email = $1 returning id)
       insert into identity."twoFactor" (secret, "backupCodes", "userId") select 's', 'b', id from u`,
      [email],
    );
    const older = (await invite(administrator, `/people/${id}/invitation`)).body.token;
    const { token } = (await invite(administrator, `/people/${id}/invitation`)).body;
    expect((await take(token, 'another long password')).status).toBe(201);
    expect((await me()).statusCode).toBe(401);
    expect((await signIn(email, password)).statusCode).toBe(401);
    const again = await signIn(email, 'another long password');
    expect([again.statusCode, again.json().twoFactorRedirect]).toEqual([200, undefined]);
    expect(outcome(await take(older, password))).toBe('403 welcome.link');
    const { items } = (await administrator.get(`/records/${id}/journal`)).body;
    expect(items[0].edits['_link']).toEqual({ madeBy: administrator.id, usedBy: id });
    expect(items[1].edits['_link']).toEqual({ madeBy: administrator.id });
  });

  it('is not replaced by a link that was made before there was any', async () => {
    const { id: personId } = await administrator.create('people', { title: 'Nia' });
    const now = new Date(app.clock.now()).toISOString();
    const of = { providerId: app.providerId, kind: 'person' as const, personId, madeBy: administrator.id, now };
    const [one = '', two = ''] = await Promise.all(
      [1, 2].map(() => createClaim(app.application.pool, { ...of, expiresAt: '2026-03-09T00:00:00Z' })),
    );
    const take = (token: string, email: string) => app.stranger.post('/welcome', { token, name: 'N', email, password });
    expect((await take(one, 'nia@example.org')).status).toBe(201);
    expect(outcome(await take(two, 'mallory@example.org'))).toBe('409 person.has-sign-in');
  });
});

// Looked at besides: rights and delegations, whose header follows their person; organisations, which are shared with none.
describe('a person', () => {
  it('is seen where it belongs, whatever header is asked for', async () => {
    const customer = await app.customer('Header');
    const own = await app.person('Carla', ['CAD'], { customer });
    for (const customers of [[], undefined, [customer]]) {
      const made = await administrator.create('people', {
        title: 'Contact',
        customer,
        ...(customers ? { customers } : {}),
      });
      expect(made.customers).toEqual([customer]);
      expect((await own.get(`/people/${made.id}`)).status).toBe(200);
    }
    const provider = await administrator.create('people', { title: 'Ours', customers: [customer] });
    expect((await own.get(`/people/${provider.id}`)).status).toBe(404);
  });

  it("of the provider is not locked in by a customer's right, whoever gave it", async () => {
    const customer = await app.customer('Lock');
    const desk = await administrator.create('people', { title: 'Dee' });
    await arranged(app, 'role-grant', { title: 'USR', person: desk.id, role: 'USR', customer });
    expect((await invite(administrator, `/people/${desk.id}/invitation`)).status).toBe(201);
  });
});
