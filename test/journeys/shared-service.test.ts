// A service that two customers share: what its figures tell each, and what the provider finds out about itself there.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { principalOfPerson } from '../../core/permission/resolve.ts';
import { entriesAfter, placeNow } from '../../core/journal/live-entries.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { asText } from '../support/matrix/answers.ts';
import { castOf, agreedRequirement, charteredPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';
import { bySystem } from '../support/live.ts';

let app: TestApplication;
let improver: Client;
let near: Client;
let far: Client;
let service: string;
let cast: Cast;
let other: string;
let readers: [string, Client][];

beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  cast = await castOf(app);
  other = await app.customer('Tidewater Quay');
  improver = await app.person('Cleo Improver', ['CSI']);
  near = await app.person('Uma User', ['USR'], { customer: cast.customer });
  far = await app.person('Udo User', ['USR'], { customer: other });
  readers = [
    ['a user of the first customer', near],
    ['a sponsor of the first customer', cast.sponsor],
    ['a user of the second customer', far],
    ['an owner of the second customer', await app.person('Bob Owner', ['BOW'], { customer: other })],
  ];
  const need = await agreedRequirement(cast);
  const { fields } = await charteredPackage(cast, need);
  ({ service } = fields);
  await bySystem(app, 'service-version', fields.serviceVersion, [
    'accept-design',
    'develop',
    'build',
    'test',
    'release',
    'go-live',
  ]);
  // What was agreed is the first customer's alone; the service as such is both's.
  await app.database.ownerPool.query('update core.record set customers = $2 where id = $1', [
    service,
    [cast.customer, other],
  ]);
  await app.database.ownerPool.query(
    "update strategy.outcome set latest = 3.5, attainment = 1.01, latest_at = '2026-02-28T00:00:00Z' where id = $1",
    [need.outcome],
  );
});
afterAll(() => app.close());

/** Every door that needs no name, and those at the service. */
const doors = () => [
  ...app.endpoints
    .filter(
      ({ method, path, operationId }) => method === 'GET' && !path.includes('{') && operationId !== 'live.entries',
    )
    .map(({ path }) => path),
  ...app.endpoints
    .filter(({ method, path }) => method === 'GET' && /^\/(?:services|records)\/\{id\}(?!.*\{)/.test(path))
    .map(({ path }) => path.replace('{id}', service)),
  '/search?q=hand-overs',
  '/search?q=Zugzwang',
  `/records?owner=${improver.id}`,
  `/improvements?service=${service}`,
];
const told = (text: string) => text.replaceAll(/"(now|at)":"[^"]*"/g, '');
const readAll = async ({ get }: Client) =>
  Object.fromEntries(await Promise.all(doors().map(async (door) => [door, told(asText(await get(door)))])));

async function caughtUp(): Promise<void> {
  await app.settle();
  await app.runJob('measurement-rollup');
}

// Its kind: every sum that is kept by service and not by customer. Looked at besides: the portfolio, measured figures, summaries of
// problems and changes, what waits at gates, the loop's counts (each is asked with the reader's scope).
describe('the figures of the service', () => {
  it('count for each customer what it shares in, and all for the provider', async () => {
    const desk = await app.person('Dee Desk', ['SDK']);
    for (const customers of [[cast.customer], [cast.customer], [other], [other], [other], []])
      await desk.create('incidents', { title: 'Dark', service, impact: '3', urgency: 'low', customers });
    await app.settle();
    await app.runJob('incident-summaries');
    const state = async ({ get }: Client) => (await get(`/services/${service}/overview`)).body;
    const [ours, theirs, all] = [await state(near), await state(far), await state(desk)];
    expect([ours, theirs, all].map(({ incidents }) => incidents.open)).toEqual([2, 3, 6]);
    expect([ours, theirs].map(({ outcomes }) => outcomes.length)).toEqual([1, 0]);
  });

  it('tell the value that was promised to another customer to nobody else', async () => {
    const value = async ({ get }: Client) =>
      (await get('/loop')).body.stages
        .flatMap(({ services }: Body) => services)
        .find(({ header }: Body) => header.id === service).value;
    expect([await value(near), await value(far)]).toEqual([1.01, null]);
  });
});

// `customers: []` is a choice and widens to nobody. Its kind: every default that widens an audience. Looked at besides: what commands
// name themselves (an agreement's and a subscription's customer, a person's and a grant's home: what the record is about), what
// descends from a parent (it takes the parent's customers, no more), and what detectors register (told to a customer alone whose
// figures it is made of).
describe('an improvement that the provider keeps to itself', () => {
  it('reaches nobody of a customer, by none of the ways on which the service it is about is read', async () => {
    await caughtUp();
    const before = await Promise.all(readers.map(([, client]) => readAll(client)));
    const place = await placeNow(app.application.pool);
    const { id } = await improver.create('improvements', {
      title: 'Zugzwang: fewer hand-overs',
      description: 'Cases go round.',
      originStage: 'operation',
      customers: [],
      service,
      metric: 'Hand-overs',
      baselineValue: 22,
      targetValue: 5,
    });
    await improver.move('improvements', id, 'analyse');
    await caughtUp();
    const after = await Promise.all(readers.map(([, client]) => readAll(client)));
    expect(after).toEqual(before);

    const unknown = randomUUID();
    const at = (of: string) => [
      `/improvements/${of}`,
      `/records/${of}`,
      `/records/${of}/thread`,
      `/records/${of}/journal`,
      `/records/${of}/why-visible?person=${near.id}`,
      `/gates/G7/${of}`,
    ];
    for (const [name, client] of readers) {
      for (const [index, door] of at(id).entries()) {
        const [hidden, none] = [await client.get(door), await client.get(at(unknown)[index] ?? '')];
        expect([name, door, asText(hidden).replaceAll(id, '')]).toEqual([
          name,
          door,
          asText(none).replaceAll(unknown, ''),
        ]);
        expect(hidden.status).toBeGreaterThanOrEqual(400);
      }
      const { pool, registry } = app.application;
      const person = { providerId: app.providerId, id: client.id };
      const now = new Date(app.clock.now()).toISOString();
      const principal = await principalOfPerson(pool, registry.roles, person, now);
      const until = await placeNow(pool);
      const live = principal && (await entriesAfter(pool, principal, { place, until }));
      expect([name, live?.filter(({ recordId }) => recordId === id)]).toEqual([name, []]);
    }
    // Else it would be no wonder that nobody reads it.
    expect((await improver.get(`/improvements/${id}`)).body.record.customers).toEqual([]);
    expect((await improver.get(`/improvements?service=${service}`)).body.items).toHaveLength(1);
    expect((await improver.get('/search?q=Zugzwang')).body.items).not.toEqual([]);
  });
});
