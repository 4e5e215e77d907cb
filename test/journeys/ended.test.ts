// An organisation whose relation has ended: its people read what was theirs, and write nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
import type { Answer, Client } from '../support/client.ts';

let app: TestApplication;
let customer: string;
let keeper: Client;
let owner: Client;
let bySession: Client;
let colleague: Client;
let requirement: string;
const reason = 'The contract is over.';
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.code}`);
const over = '403 customer.ended';

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Kestrel');
  keeper = await app.person('Carla Keeper', ['CAD'], { customer });
  owner = await app.person('Bea Owner', ['BOW', 'BRM'], { customer, signsIn: true });
  colleague = await app.person('Cora', ['USR'], { customer });
  bySession = await signedIn(app, owner);
  const need = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must' };
  requirement = (await owner.create('business-requirements', need)).id;
});
afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

// Looked at besides: every endpoint that is no reading (the server admits none of theirs), offers of moves and gates, who is
// listed as a decider, rights lent among them, links that they made before, and acts that come by another way than HTTP.
describe('an organisation that has ended', () => {
  it('leaves its people what they saw, and lets them write nothing: by session, by key, old or new', async () => {
    const lent = { title: 'Loan', delegator: owner.id, delegate: colleague.id, role: 'BOW', customer };
    const period = { validFrom: '2026-03-02T09:00:00Z', validTo: '2026-04-02T09:00:00Z' };
    await owner.create('delegations', { ...lent, ...period });
    const { id: newcomer } = await keeper.create('people', { title: 'Late', customer });
    const { token } = (await (await signedIn(app, keeper)).post(`/people/${newcomer}/invitation`)).body;
    const path = `/business-requirements/${requirement}`;
    expect((await bySession.get(path)).body.moves.some(({ allowed }: { allowed: boolean }) => allowed)).toBe(true);
    expect(outcome(await keeper.tryMove('customers', customer, 'end', { reason }))).toBe(200);

    for (const by of [owner, bySession, colleague]) {
      const page = await by.get(path);
      expect(page.status).toBe(200);
      expect(page.body.moves.filter(({ allowed }: { allowed: boolean }) => allowed)).toEqual([]);
      expect((await by.get('/me')).body).toMatchObject({ ended: true, grants: [], creates: [] });
      expect((await by.get(`/records/${requirement}/journal`)).status).toBe(200);
      expect(
        await Promise.all(
          [
            by.patch(path, { expectedVersion: 1, title: 'Wider' }),
            by.post(`${path}/moves/analyse`, { expectedVersion: 1 }),
            by.post('/business-requirements', { title: 'More', statement: 'S.', trigger: 'market' }),
            by.post('/role-grants', { title: 'R', person: colleague.id, role: 'USR', customer }),
            by.post('/delegations', { ...lent, ...period }),
            by.post('/keys', { name: 'k', scopes: ['read'] }),
            by.post(`/records/${requirement}/attestations`, { gate: 'G1', title: 'T', statement: 'S.' }),
            by.post(`/people/${colleague.id}/invitation`),
            by.upload('/import-uploads?name=a.csv', Buffer.from('a')),
          ].map(async (each) => outcome(await each)),
        ),
      ).toEqual(Array.from({ length: 9 }, () => over));
    }
    const taken = { token, name: 'Late', email: 'late@kestrel.example.org', password: 'a long enough password' };
    expect(outcome(await app.stranger.post('/welcome', taken))).toBe('403 welcome.link');
  });

  it('may end its own keys still', async () => {
    const { body } = await bySession.get('/keys');
    expect(outcome(await bySession.post(`/keys/${body.items[0].id}/revoke`))).toBe(200);
  });

  it('decides nothing, and is listed as who does not', async () => {
    const { body } = await bySession.get(`/gates/G1/${requirement}`);
    expect([body.mayDecide.allowed, body.mayDecide.refusals[0].code]).toEqual([false, 'customer.ended']);
    for (const { mayDecide } of body.deciders) expect(mayDecide).toBe(false);
  });

  it('does not stop others: their own organisations, and the provider', async () => {
    const other = await app.customer('Tern');
    const theirs = await app.person('Bo Owner', ['BOW'], { customer: other });
    const need = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must' };
    expect(outcome(await theirs.post('/business-requirements', need))).toBe(201);
  });

  // Its kind: every act that names a customer: records are made for it, logged again for it, and shared with it.
  it('is given nothing new: nothing is made for it, nor shared with it', async () => {
    const relations = await app.person('Bram Relations', ['BRM']);
    const [near, gone] = [await app.customer('Marlowe Grocers'), await app.customer('Gannet')];
    const [nearOwner, last] = [
      await app.person('Bea Near', ['BOW'], { customer: near }),
      await app.person('Gus Gannet', ['CAD'], { customer: gone }),
    ];
    const need = { title: 'Boats', statement: 'They float.', trigger: 'market', priority: 'must' };
    const share = (id: string) => relations.post(`/records/${id}/shares`, { kind: 'join', customer: gone, reason });
    const [asked, open] = [
      await relations.create('business-requirements', { ...need, customers: [near] }),
      await relations.create('business-requirements', { ...need, customers: [] }),
    ];
    expect(outcome(await share(asked.id))).toBe(201);
    expect(outcome(await last.tryMove('customers', gone, 'end', { reason }))).toBe(200);
    const made = await relations.post('/business-requirements', { ...need, customers: [gone] });
    expect([made.status, made.body.refusals[0].code]).toEqual([422, 'record.unknown-customer']);
    expect(outcome(await share(open.id))).toBe('409 customer.ended');
    const [waiting] = (await nearOwner.get(`/records/${asked.id}/shares`)).body.items;
    const answer = (consents: boolean) => nearOwner.post(`/shares/${waiting.id}/answer`, { consents, reason });
    expect(outcome(await answer(true))).toBe('409 customer.ended');
    expect(outcome(await answer(false))).toBe(200);
  });
});
