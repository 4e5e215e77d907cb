// What a key, or a session taken over a while ago, can make of itself: nothing that lasts longer or may more.
// Looked at besides: every endpoint, by what its answer and the tables of credentials hold afterwards.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { accounts, cookieOf, password } from '../support/accounts.ts';
import { client } from '../support/client.ts';
import type { Answer, Client } from '../support/client.ts';
import { credentialsOf } from '../support/credentials.ts';
import { fitting } from '../support/from-schema.ts';
import { signedIn } from '../support/session.ts';
import { takenOver } from '../support/service.ts';

let app: TestApplication;
let administrator: Client;
let customer: string;
let colleague: string;
const longAgo = '2026-03-02T03:00:00Z';

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM', 'SOW', 'SDK']);
  customer = await app.customer('Unclaimed', { claimed: false });
  colleague = (await administrator.create('people', { title: 'Colleague' })).id;
});
afterAll(() => app.close());

const said = ({ status, body }: Answer) => `${status} ${body.code ?? ''}`.trim();

/** Each way to make a credential, for oneself or somebody else. */
const makers = (): [string, object][] => [
  [`/people/${administrator.id}/invitation`, {}],
  [`/people/${colleague}/invitation`, {}],
  [`/customers/${customer}/invitation`, {}],
  ['/keys', { name: 'Mine', scopes: ['read'] }],
];

describe('a credential', () => {
  it('is not made by a session that began a while ago without the password', async () => {
    const taken = await signedIn(app, administrator, longAgo);
    const answers = await Promise.all(makers().map(async ([path, body]) => said(await taken.post(path, body))));
    expect(answers).toEqual(makers().map(() => '403 sign-in.fresh'));
  });

  it('is made by it with the password, and a wrong one counts', async () => {
    const of = accounts(app);
    const { id, email } = await of.account(administrator, 'Aldo');
    await administrator.create('role-grants', { title: 'ADM', person: id, role: 'ADM' });
    const cookie = cookieOf(await of.signIn(email));
    await app.database.ownerPool.query('update identity.session set "createdAt" = $1', [longAgo]);
    const aldo = client(app.server, id, null, { cookie });
    const link = (given: string) => aldo.post(`/people/${colleague}/invitation`, { password: given });
    expect(said(await link('another password'))).toBe('403 sign-in.fresh');
    expect((await link(password)).body.path).toContain('/welcome#');
    for (let count = 0; count < 5; count += 1) await link(`a guess ${count}`);
    expect(said(await link(password))).toBe('403 sign-in.fresh');
  });

  it('of one’s own is no one-time link, however fresh the session', async () => {
    const fresh = await signedIn(app, administrator);
    expect(said(await fresh.post(`/people/${administrator.id}/invitation`))).toBe('403 person.oneself');
    expect((await fresh.get(`/people/${administrator.id}/access`)).body.mayLetIn).toBe(false);
  });
});

/** They end the key that asks: it asks them last, and of somebody else. */
const ends = new Set(['person.erase', 'person.leave', 'person.suspend', 'person.suspend-at-once', 'key.revoke']);

/** How one asks for what an endpoint does, of one record. */
type Asking = (by: Client, endpoint: Endpoint, ids: { id: string; all: readonly string[] }) => Promise<Answer>;

async function asking(): Promise<Asking> {
  const { paths, components } = (await app.stranger.get('/openapi.json')).body;
  return (by, { method, path, operationId, takesBytes }, { id, all }) => {
    const url = path.replaceAll(/\{\w+\}/g, id);
    if (takesBytes) return by.upload(`${url}?name=rows.csv`, Buffer.from('number,state\n1,New\n'));
    const schema = paths[`/api/v1${path}`][method.toLowerCase()].requestBody?.content['application/json']?.schema;
    const source = { schemas: components.schemas, ids: all };
    const [drawn] = schema ? fc.sample(fitting(schema, source, 0), { numRuns: 1, seed: 1 }) : [{}];
    const asRead = 'expectedVersion' in (drawn as object) ? { expectedVersion: 1 } : {};
    const body = { ...(drawn as object), ...asRead, ...wanted[operationId] };
    return method === 'PATCH' ? by.patch(url, body) : by.post(url, body);
  };
}

it('no endpoint that a key reaches makes a link, a session, a password or a wider key', async () => {
  const grown: string[] = [];
  const reached = new Set<string>();
  const ask = await asking();
  // What the example leaves is looked at where it is played to its end: `app/server/demo-endpoints.test.ts`.
  const writes = app.endpoints.filter(({ method, path }) => method !== 'GET' && path !== '/demo');
  const asked = writes.toSorted(
    (one, other) => Number(ends.has(one.operationId)) - Number(ends.has(other.operationId)),
  );
  for (const scopes of [['write'], ['read', 'write'], ['read', 'write', 'decide']] as const) {
    const by = await app.person(`May ${scopes.join(' and ')}`, ['ADM', 'SOW', 'SDK'], { scopes });
    const { id: service } = await takenOver(administrator, { title: 'Slots', customers: [customer] });
    const told = { title: 'No slots', service, customers: [customer], impact: '3', urgency: 'low' };
    const { id: incident } = await administrator.create('incidents', told);
    const other = (await administrator.create('people', { title: 'Another colleague' })).id;
    const before = new Set(await credentialsOf(app));
    for (const endpoint of asked)
      for (const id of ends.has(endpoint.operationId)
        ? [other]
        : endpoint.takesBytes
          ? [incident]
          : [by.id, colleague, customer]) {
        const { status } = await ask(by, endpoint, { id, all: [by.id, colleague, customer] });
        if (status < 300) reached.add(endpoint.operationId);
        for (const each of await credentialsOf(app)) {
          if (!before.has(each)) grown.push(`${scopes.join(' ')}: ${endpoint.operationId} ${each.split(' ', 1)[0]}`);
          before.add(each);
        }
        if (!endpoint.path.includes('{')) break;
      }
  }
  expect(grown).toEqual([]);
  const made = ['import-run.upload', 'incident.add-file', 'person.create', 'person.suspend'];
  expect(made.filter((each) => !reached.has(each))).toEqual([]);
}, 180_000);

/** What somebody would ask who wants more than they have. */
const wanted: Record<string, object> = {
  'key.create': { name: 'Wider', scopes: ['read', 'write', 'decide'] },
  'person.create': { title: 'Another', customer: null, customers: [], owner: null },
};

// Looked at besides: administrators (who hand on what they do not hold themselves), roles that consent to sharing, naming
// an administrator; deciding and consenting themselves ask for the scope where they begin.
describe('a key that may not decide', () => {
  const over = '403 permission.key-scope';
  const month = { validFrom: '2026-03-02T09:00:00Z', validTo: '2026-04-02T09:00:00Z' };

  it('grants and lends no role that decides, consents or administers, and others as before', async () => {
    const quay = await app.customer('Quay');
    const keeper = await app.person('Keeper', ['CAD', 'BOW', 'USR'], { customer: quay, scopes: ['read', 'write'] });
    const other = await app.person('Other', [], { customer: quay });
    const grant = (role: string) =>
      keeper.post('/role-grants', { title: role, person: other.id, role, customer: quay }).then(said);
    const lend = (role: string) =>
      keeper
        .post('/delegations', { title: role, delegator: keeper.id, delegate: other.id, role, customer: quay, ...month })
        .then(said);
    const { gates, roles } = app.application.registry;
    const deciding = [...roles.values()].filter(
      ({ code, consents }) => consents || [...gates.values()].some((gate) => gate.roles.includes(code)),
    );
    for (const { code } of [...deciding.filter(({ side }) => side === 'B'), { code: 'CAD' }])
      expect([code, await grant(code)]).toEqual([code, over]);
    expect([await grant('USR'), await lend('BOW'), await lend('CAD'), await lend('USR')]).toEqual([
      '201',
      over,
      over,
      '201',
    ]);
    const chief = deciding.find(({ side }) => side === 'P')?.code ?? '';
    const platform = await app.person('Platform', ['ADM'], { scopes: ['read', 'write'] });
    const given = (role: string) => platform.post('/role-grants', { title: role, person: colleague, role }).then(said);
    expect([await given('ADM'), await given(chief), await given('SDK')]).toEqual([over, over, '201']);
  });

  it('names nobody who administers', async () => {
    const jetty = await app.customer('Jetty');
    const of = { customer: jetty, signsIn: true };
    const keyed = await app.person('Keyed', ['BOW'], { ...of, scopes: ['read', 'write'] });
    const other = await app.person('Other', ['BOW'], of);
    const reason = 'Nobody is left.';
    const propose = (by: Client) =>
      by.tryMove('customers', jetty, 'propose-administrator', { successor: other.id, reason });
    expect(said(await propose(keyed))).toBe(over);
    expect(said(await propose(other))).toBe('200');
    expect(said(await keyed.tryMove('customers', jetty, 'confirm-administrator', { reason }))).toBe(over);
  });

  it('that may decide does all of it', async () => {
    const pier = await app.customer('Pier');
    const keeper = await app.person('Keeper', ['CAD', 'BOW'], { customer: pier });
    const other = await app.person('Other', [], { customer: pier });
    const right = { title: 'BOW', person: other.id, role: 'BOW', customer: pier };
    expect(said(await keeper.post('/role-grants', right))).toBe('201');
  });
});
