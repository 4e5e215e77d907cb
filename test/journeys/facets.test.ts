// Of a requirement that two customers share, each reads its own and the provider's, at every door. The doors are found, not
// listed: every endpoint that reads and takes a record, with and without an instant, beside lists, search and the stream.
// Looked at besides: sentences of rules about findings, conditions that block, policies of one customer, notes and files.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { castOf } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';
import { entriesAfter, placeNow } from '../../core/journal/live-entries.ts';
import type { Place } from '../../core/journal/live-entries.ts';
import { principalOfPerson } from '../../core/permission/resolve.ts';
import type { Body, Client } from '../support/client.ts';
import { takenOver } from '../support/service.ts';

let app: TestApplication;
let ours: Cast;
let theirs: Cast;
let need: string;
let start: Place;
let secrets: string[];
let condition: string;

const later = () => app.clock.advance(60_000);

beforeAll(async () => {
  app = await createTestApplication();
  ours = await castOf(app, 'Marlowe Grocers');
  theirs = await castOf(app, 'Tidewater Quay');
  start = await placeNow(app.application.pool);
  ({ id: need } = await ours.relations.create('business-requirements', {
    title: 'Deliver by water',
    statement: 'Both take goods by water.',
    trigger: 'business_strategy',
    priority: 'must',
    profile: 'light',
    customers: [ours.customer, theirs.customer],
    owner: theirs.owner.id,
  }));
  for (const { owner, customer } of [ours, theirs])
    await owner.create('outcomes', {
      title: `Boats for ${customer.slice(-4)}`,
      requirement: need,
      statement: 'Boats arrive.',
      measure: 'boats / day',
      unit: '%',
      direction: 'lower',
      baseline: 8,
      target: 4,
      attainBy: '2026-12-31',
      sustainPeriods: 2,
      period: 'month',
      source: 'Harbour log',
      weight: 1,
      customers: [customer],
    });
  later();
  await theirs.owner.move('business-requirements', need, 'analyse');
  later();
  const attested = async (by: Client, words: string, more: object = {}) =>
    by.post(`/records/${need}/attestations`, {
      gate: 'G1',
      title: `Title ${words}`,
      statement: `Said ${words}`,
      ...more,
    });
  expect((await attested(theirs.owner, 'herring')).status).toBe(201);
  expect((await attested(ours.owner, 'walnut')).status).toBe(201);
  later();
  await theirs.owner.decide('G1', need, { outcome: 'defer', reason: 'Because of mackerel.' });
  later();
  await theirs.owner.decide('G1', need, {
    outcome: 'approve_with_conditions',
    reason: 'Because of halibut.',
    conditions: [
      { text: 'Only with sturgeon.', owner: theirs.owner.id, dueAt: '2027-06-01T00:00:00.000Z', blocks: 'G2' },
    ],
  });
  const read = await theirs.owner.get(`/business-requirements/${need}`);
  condition = read.body.conditions[0].id;
  secrets = ['herring', 'mackerel', 'halibut', 'sturgeon', theirs.owner.id, theirs.customer, condition];
  later();
});
afterAll(() => app.close());

/** Every address that reads something of the record, from the endpoints themselves. */
function doors(): string[] {
  const asOf = new Date(app.clock.now()).toISOString();
  const types = new Set(['business-requirements', 'records', 'gates']);
  return app.endpoints
    .filter(({ method, path }) => method === 'GET' && types.has(path.split('/')[1] ?? ''))
    .filter(({ path }) => path !== '/records')
    .flatMap(({ path, query }) => {
      const at = path.replace('{id}', need).replace('{gate}', 'G1');
      return query && 'asOf' in query.shape ? [at, `${at}?asOf=${asOf}`] : [at];
    })
    .concat(
      ['herring', 'mackerel', 'halibut', 'sturgeon'].map((word) => `/search?q=${word}`),
      [
        '/decisions/waiting',
        `/records?owner=${theirs.owner.id}`,
        `/records/${need}/why-visible?person=${theirs.owner.id}`,
      ],
    );
}

const told = (answer: { body: Body }): string[] => {
  const text = JSON.stringify(answer.body);
  return secrets.filter((secret) => text.includes(secret));
};

describe('of a record that two customers share', () => {
  it('a customer reads nothing at any door that the other said, attested, asked for or decided', async () => {
    const leaks: string[] = [];
    for (const door of doors())
      for (const reader of [ours.owner, ours.sponsor, ours.representative]) {
        const sent = secrets.filter((secret) => door.includes(secret));
        for (const secret of told(await reader.get(door))) if (!sent.includes(secret)) leaks.push(`${door}: ${secret}`);
      }
    expect([...new Set(leaks)]).toEqual([]);
  });

  it('each still reads its own, and the provider all', async () => {
    const words = (body: Body) => JSON.stringify(body);
    const mine = await ours.owner.get(`/business-requirements/${need}`);
    expect(mine.body.evidence).toMatchObject([{ title: 'Title walnut', customer: ours.customer }]);
    const journal = await theirs.owner.get(`/records/${need}/journal?limit=50`);
    for (const word of ['herring', 'mackerel', 'halibut']) expect(words(journal.body)).toContain(word);
    const whole = await ours.relations.get(`/records/${need}/journal?limit=50`);
    for (const word of ['herring', 'walnut', 'mackerel', 'halibut']) expect(words(whole.body)).toContain(word);
  });

  it('a move that another decided stands in the journal without who and why, and the chain is not told', async () => {
    const { body } = await ours.owner.get(`/records/${need}/journal?limit=50`);
    expect(body.items.map(({ previousHash }: Body) => previousHash).filter(Boolean)).toEqual([]);
    expect(
      body.items
        .filter(({ kind }: Body) => kind === 'decided')
        .map(({ reason, actor, to }: Body) => [reason, actor, to]),
    ).toEqual(
      (await theirs.owner.get(`/business-requirements/${need}`)).body.record.state === 'agreed'
        ? [[null, null, 'agreed']]
        : [],
    );
  });

  it("another customer's condition is as unknown as one that is not there", async () => {
    const hidden = await ours.owner.post(`/conditions/${condition}/met`, { evidence: 'x' });
    const unknown = await ours.owner.post(`/conditions/${need}/met`, { evidence: 'x' });
    const words = (of: { body: Body }, id: string) => JSON.stringify(of.body).replaceAll(id, '');
    expect([hidden.status, words(hidden, condition)]).toEqual([404, words(unknown, need)]);
  });

  it('the stream tells that the record moved, and not what the other attested or put off', async () => {
    const { pool, registry } = app.application;
    const reader = await principalOfPerson(
      pool,
      registry.roles,
      { providerId: app.providerId, id: ours.sponsor.id },
      new Date(app.clock.now()).toISOString(),
    );
    if (!reader) throw new Error('the sponsor is there');
    const heard = (await entriesAfter(pool, reader, { place: start, until: await placeNow(pool) })).filter(
      ({ recordId }) => recordId === need,
    );
    expect(heard.map(({ actor }) => actor)).not.toContain(theirs.owner.id);
    const journal = await ours.sponsor.get(`/records/${need}/journal?limit=50`);
    expect(heard.map(({ version }) => version).toReversed()).toEqual(
      journal.body.items.map(({ version }: Body) => version),
    );
  });

  it('what one says and gives on a shared case is read by itself and by the provider', async () => {
    const desk = await app.person('Dee Desk', ['SDK']);
    const keeper = await app.person('Sol Keeper', ['SOW']);
    const customers = [ours.customer, theirs.customer];
    const { id: service } = await takenOver(keeper, { title: 'By water', customers });
    const { id } = await desk.create('incidents', {
      title: 'Boats wait',
      customers,
      impact: '2',
      urgency: 'low',
      service,
    });
    const said = await theirs.owner.post(`/incidents/${id}/notes`, { audience: 'public', text: 'Our cod is late.' });
    await theirs.owner.upload(`/incidents/${id}/files?name=eel.txt`, Buffer.from('eel'));
    expect(said.status).toBe(201);
    const heard = async (by: Client) => [
      (await by.get(`/incidents/${id}/notes`)).body.items.length,
      (await by.get(`/incidents/${id}/files`)).body.items.length,
      (await by.get(`/records/${id}/journal`)).body.items.length,
    ];
    expect([await heard(ours.owner), await heard(theirs.sponsor), await heard(desk)]).toEqual([
      [0, 0, 1],
      [1, 1, 3],
      [1, 1, 3],
    ]);
    // What one may not see takes nothing from one: neither room for files, nor a word about them.
    app.application.limits = { filesOnRecord: 1 };
    const give = async (by: Client) =>
      (await by.upload(`/incidents/${id}/files?name=ray.txt`, Buffer.from('ray'))).status;
    expect([await give(theirs.owner), await give(ours.owner), await give(ours.owner)]).toEqual([409, 201, 409]);
    app.application.limits = {};
  });

  it('what one attests neither closes the gate for the other nor makes its decision stale', async () => {
    const basis = async () => (await theirs.owner.get(`/business-requirements/${need}`)).body.decisions.at(-1).basis;
    const before = await basis();
    const failing = { gate: 'G1', title: 'Refuted', statement: 'No.', failed: true };
    expect((await ours.owner.post(`/records/${need}/attestations`, failing)).status).toBe(201);
    const page = await theirs.owner.get(`/gates/G1/${need}`);
    expect([await basis(), JSON.stringify(page.body).includes('Refuted')]).toEqual([before, false]);
  });
});
