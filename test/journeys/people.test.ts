import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClaim } from '../../core/permission/claim.ts';
import { arranged } from '../support/arrange.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
import type { Answer, Client } from '../support/client.ts';

let app: TestApplication;
let administrator: Client;
const password = 'a long enough password';

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM']);
});
/** Links are made by sessions. */
const invite = async (by: Client, path: string) => (await signedIn(app, by)).post(path);
afterAll(() => app.close());

const take = (token: string, email: string) =>
  app.stranger.post('/welcome', { token, name: 'Carl Adler', email, password });

describe('a customer organisation', () => {
  it('is claimed once, by its one-time link; who made it and who used it stand in its journal', async () => {
    const { id } = await administrator.create('customers', { title: 'Harbour', relationship: 'external', zone: 'UTC' });
    const { token } = (await invite(administrator, `/customers/${id}/invitation`)).body;
    const taken = await take(token, 'carl@harbour.example.org');
    expect(taken.status).toBe(201);
    expect(await take(token, 'mallory@harbour.example.org')).toMatchObject({
      status: 403,
      body: { code: 'welcome.link' },
    });
    const { items } = (await administrator.get(`/records/${id}/journal`)).body;
    expect(items[0].edits['_claim']).toEqual({ madeBy: administrator.id, usedBy: taken.body.person });
    expect(await invite(administrator, `/customers/${id}/invitation`)).toMatchObject({
      status: 409,
      body: { code: 'customer.claimed' },
    });
  });

  it('is edited by its own administrator once it is claimed: others know it by its name', async () => {
    const customer = await app.customer('Named');
    const own = await app.person('Cass', ['CAD'], { customer });
    const named = async (by: Client) =>
      by.patch(`/customers/${customer}`, {
        expectedVersion: (await by.get(`/customers/${customer}`)).body.record.version,
        title: 'Harbour, internal audit',
      });
    expect((await named(administrator)).body.code).toBe('permission.other-side');
    expect((await named(own)).status).toBe(200);
  });

  it('is claimed by nobody once it has ended', async () => {
    const { id } = await administrator.create('customers', { title: 'Jetty', relationship: 'external', zone: 'UTC' });
    const { token } = (await invite(administrator, `/customers/${id}/invitation`)).body;
    await administrator.move('customers', id, 'end', { reason: 'Never came.' });
    expect(await take(token, 'jo@jetty.example.org')).toMatchObject({ status: 409, body: { code: 'customer.ended' } });
    expect((await administrator.get(`/customers/${id}`)).body.record.fields.claimedAt).toBeNull();
  });

  it('is claimed by one of two links only: the other, kept by who made it, is worth nothing afterwards', async () => {
    const { id } = await administrator.create('customers', { title: 'Quay', relationship: 'external', zone: 'UTC' });
    const first = (await invite(administrator, `/customers/${id}/invitation`)).body.token;
    const kept = (await invite(administrator, `/customers/${id}/invitation`)).body.token;
    expect((await take(first, 'carl@quay.example.org')).status).toBe(201);
    expect(await take(kept, 'mallory@quay.example.org')).toMatchObject({
      status: 409,
      body: { code: 'customer.claimed' },
    });
  });

  it('keeps its people: nobody moves them to another organisation, or out of it to invite them', async () => {
    const customer = await app.customer('Keeps');
    const other = await app.customer('Elsewhere');
    const own = await app.person('Carla', ['CAD'], { customer });
    const person = await app.person('Bob', ['BOW'], { customer });
    const move = (by: Client, edit: object) => by.patch(`/people/${person.id}`, { expectedVersion: 1, ...edit });
    expect((await move(own, { customer: null })).body.code).toBe('person.organisation');
    expect((await move(own, { customer: other })).body.code).toBe('record.unknown-reference'); // one that it does not see
    for (const home of [null, other])
      expect((await move(administrator, { customer: home })).body.code).toBe('permission.other-side');
    expect((await own.patch(`/people/${person.id}`, { expectedVersion: 1, title: 'Robert' })).status).toBe(200);
    const made = await administrator.create('people', { title: 'Bess', customer });
    expect((await invite(administrator, `/people/${made.id}/invitation`)).body.code).toBe('permission.other-side');
  });

  it('decides nothing until it is claimed', async () => {
    const customer = await app.customer('Unclaimed', { claimed: false });
    const owner = await app.person('Bea', ['BOW'], { customer });
    const { id } = await owner.create('business-requirements', {
      title: 'N',
      statement: 'N.',
      trigger: 'market',
      priority: 'must',
    });
    await owner.create('outcomes', { title: 'O', requirement: id, statement: 'O.', measure: 'm', unit: '%' });
    await owner.move('business-requirements', id, 'analyse');
    expect(await owner.tryDecide('G1', id)).toMatchObject({
      status: 403,
      body: { code: 'decision.customer-unclaimed' },
    });
  });

  it("has its rights granted by its own administrator alone, never by the provider's", async () => {
    const customer = await app.customer('Own rights');
    const own = await app.person('Carla', ['CAD'], { customer });
    const person = await app.person('Bob', [], { customer });
    const grant = { title: 'Bob: BOW', person: person.id, role: 'BOW', customer, customers: [customer] };
    expect(await administrator.post('/role-grants', grant)).toMatchObject({
      status: 409,
      body: { code: 'grant.not-customer-administrator' },
    });
    expect((await own.post('/role-grants', grant)).status).toBe(201);
    expect(await own.post('/role-grants', { ...grant, role: 'SPM' })).toMatchObject({ status: 403 });
    expect((await invite(administrator, `/people/${person.id}/invitation`)).body.code).toBe('permission.other-side');
  });
});

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe('a one-time link', () => {
  const made = (of: { kind: 'administrator' } | { kind: 'person'; personId: string }) =>
    createClaim(app.database.ownerPool, {
      ...of,
      providerId: app.providerId,
      madeBy: null,
      now: new Date(app.clock.now()).toISOString(),
      expiresAt: new Date(app.clock.now() + 3_600_000).toISOString(),
    });
  const accounts = async (email: string) =>
    (
      await app.database.ownerPool.query(
        `select u.id, a.password is not null as secret, i.person_id from identity."user" u left join identity.account a on a."userId" = u.id left join core.sign_in i on i.user_id = u.id::text where u.email = $1`,
        [email],
      )
    ).rows;

  it('makes an account whole or not at all: of several takers at once one gets it', async () => {
    const token = await made({ kind: 'administrator' });
    const answers = await Promise.all([1, 2, 3, 4].map((each) => take(token, `taker${each}@provider.example.org`)));
    expect(statuses(answers)).toEqual([201, 403, 403, 403]);
    const found = await Promise.all([1, 2, 3, 4].map((each) => accounts(`taker${each}@provider.example.org`)));
    const winner = answers.find(({ status }) => status === 201)?.body.person;
    expect(found.flat()).toEqual([{ id: expect.any(String), secret: true, person_id: winner }]);
  });

  it('stays usable for who lost a race for the same address, whatever its letters', async () => {
    const tokens = await Promise.all(
      ['Una', 'Dora', 'Tess'].map(async (title) => {
        const { id: personId } = await administrator.create('people', { title });
        return made({ kind: 'person', personId });
      }),
    );
    const spelled = ['same@provider.example.org', 'Same@Provider.example.org', 'same@provider.example.org'];
    const answers = await Promise.all(tokens.map((token, index) => take(token, spelled[index] ?? '')));
    expect(statuses(answers)).toEqual([201, 409, 409]);
    expect(await accounts('same@provider.example.org')).toMatchObject([{ secret: true }]);
    const lost = tokens.filter((_, index) => answers[index]?.status === 409);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'welcome.email-taken',
      'welcome.email-taken',
    ]);
    expect((await take(lost[0] ?? '', 'another@provider.example.org')).status).toBe(201);
  });

  it('gives a person one account, though two links were made for it', async () => {
    const { id: personId } = await administrator.create('people', { title: 'Pia' });
    const tokens = await Promise.all([1, 2].map(() => made({ kind: 'person', personId })));
    const answers = await Promise.all(tokens.map((token, index) => take(token, `pia${index}@provider.example.org`)));
    expect(statuses(answers)).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('person.has-sign-in');
  });
});

describe('signing in', () => {
  it('takes a password, keeps a session, and counts tries whatever header is forged', async () => {
    const now = new Date(app.clock.now()).toISOString();
    const expiresAt = new Date(app.clock.now() + 3_600_000).toISOString();
    const token = await createClaim(app.database.ownerPool, {
      providerId: app.providerId,
      kind: 'administrator',
      madeBy: null,
      now,
      expiresAt,
    });
    await take(token, 'first@provider.example.org');
    const signIn = (secret: string, headers = {}) =>
      app.server.inject({
        method: 'POST',
        url: '/api/v1/auth/sign-in/email',
        headers: { origin: 'http://localhost', ...headers },
        payload: { email: 'first@provider.example.org', password: secret },
      });
    const good = await signIn(password);
    expect(good.statusCode).toBe(200);
    const cookie = String(good.headers['set-cookie']).split(';')[0] ?? '';
    const guess = await take('a token that nobody made', 'first@provider.example.org');
    expect(guess.body.code).toBe('welcome.link'); // not that the address is taken: that is for who holds a link
    const me = await app.server.inject({ url: '/api/v1/me', headers: { cookie } });
    expect(me.json()).toMatchObject({ person: { name: 'Carl Adler' }, grants: [{ role: 'ADM' }] });
    const foreign = await app.server.inject({
      method: 'POST',
      url: '/api/v1/customers',
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
      payload: { title: 'X', relationship: 'internal', zone: 'UTC' },
    });
    expect(foreign.json()).toMatchObject({ code: 'sign-in.foreign-page' });
    const tries = [];
    for (let count = 0; count < 7; count += 1)
      tries.push(
        (
          await signIn('wrong password here', {
            'x-forwarded-for': `10.0.0.${count}`,
            'x-servicewright-peer': `10.0.1.${count}`,
          })
        ).statusCode,
      );
    expect(tries.at(-1)).toBe(429);
  });
});

describe('a cookie that nobody gave', () => {
  it('is no sign-in, and no fault of the server', async () => {
    for (const value of ['%', '%E0%A4%A', 'a.b', ''])
      expect(
        await app.server.inject({ url: '/api/v1/me', headers: { cookie: `servicewright.session_token=${value}` } }),
      ).toMatchObject({ statusCode: 401 });
  });
});

describe('why a person can see a record', () => {
  it('is told of oneself and of another, and refused attempts are read by auditors', async () => {
    const customer = await app.customer('Seen');
    const other = await app.customer('Not seen');
    const owner = await app.person('Bea', ['BOW'], { customer });
    const outsider = await app.person('Otto', ['BOW'], { customer: other });
    const auditor = await app.person('Aud', ['AUD']);
    const { id } = await owner.create('business-requirements', { title: 'N', statement: 'N.', trigger: 'market' });
    expect((await owner.get(`/records/${id}/why-visible`)).body.visible).toBe(true);
    expect((await auditor.get(`/records/${id}/why-visible?person=${outsider.id}`)).body.visible).toBe(false);
    await administrator.tryDecide('G1', id);
    const { items } = (await auditor.get(`/refusals?record=${id}`)).body;
    expect(items[0]).toMatchObject({
      actor: administrator.id,
      command: 'decide G1 approve',
      codes: ['decision.not-business-authority', 'decision.not-open'],
    });
    expect((await owner.get('/refusals')).status).toBe(403);
  });

  // Its kind: lists whose place is an instant. The clock of an example stands still; here it does as well.
  it('is told of refused attempts page by page, also of many at one instant', async () => {
    const auditor = await app.person('Audra', ['AUD']);
    const given = { title: 'None', person: auditor.id, role: 'NONE' };
    for (let count = 0; count < 5; count += 1) await administrator.post('/role-grants', given);
    const told: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/refusals?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await auditor.get(path);
      told.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    const { rows } = await app.database.ownerPool.query<{ count: number }>(
      'select count(*)::int as count from core.refusal where provider_id = $1',
      [app.providerId],
    );
    expect([told.length, new Set(told).size]).toEqual([rows[0]?.count, rows[0]?.count]);
    expect((await auditor.get('/refusals?cursor=2026-03-02T09:00:00.000Z')).body.code).toBe('list.cursor');
  });
});

describe('a link of the thread', () => {
  it('is joined and ended only by who may edit what holds it', async () => {
    const customer = await app.customer('Links');
    const owner = await app.person('Bea', ['BOW'], { customer });
    const tester = await app.person('Uwe', ['UATB'], { customer });
    const { id } = await owner.create('business-requirements', { title: 'N', statement: 'N.', trigger: 'market' });
    const other = await owner.create('business-requirements', { title: 'M', statement: 'M.', trigger: 'market' });
    const motivates = { type: 'motivates', from: id, to: other.id };
    expect(await tester.post('/links', motivates)).toMatchObject({ status: 403, body: { code: 'permission.role' } });
    expect((await tester.post('/links', { ...motivates, type: 'relatesTo' })).status).toBe(201);
    const { body } = await owner.post('/links', motivates);
    expect((await tester.post(`/links/${body.id}/withdraw`, { reason: 'No.' })).status).toBe(403);
    expect((await owner.post(`/links/${body.id}/withdraw`, { reason: 'Mistaken.' })).status).toBe(200);
    const outcome = await owner.create('outcomes', { title: 'O', requirement: other.id, statement: 'O.' });
    const expects = { type: 'expects', from: id, to: outcome.id };
    expect(await owner.post('/links', expects)).toMatchObject({ status: 403, body: { code: 'link.kept' } });
  });
});

// Its kind: every check of a role that forgets for whom it is held; of links, see relate.test.ts.
describe('a right held for one customer', () => {
  it('counts for nothing on what belongs to another, whatever else its holder sees', async () => {
    const [one, two] = [await app.customer('One'), await app.customer('Two')];
    const owner = await app.person('Bea', ['BOW'], { customer: one });
    const both = await app.person('Dual', ['SDK']);
    const right = { title: 'Dual: BOW', person: both.id, role: 'BOW', customer: two };
    await arranged(app, 'role-grant', right); // as a source may have it: no administrator could give it
    const { id } = await owner.create('business-requirements', { title: 'N', statement: 'N.', trigger: 'market' });
    expect(await both.tryMove('business-requirements', id, 'analyse')).toMatchObject({
      status: 403,
      body: { code: 'permission.role' },
    });
    expect((await both.patch(`/business-requirements/${id}`, { expectedVersion: 1, title: 'Mine' })).status).toBe(403);
  });
});
