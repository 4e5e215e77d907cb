import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { amendedOutcome } from '../../test/support/thread.ts';
import type { Body, Client } from '../../test/support/client.ts';

let app: TestApplication;
let customer: string;
let owner: Client;
let sponsor: Client;
let manager: Client;
let desk: Client;
let administrator: Client;

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  owner = await app.person('Bea Owner', ['BOW'], { customer });
  sponsor = await app.person('Sam Sponsor', ['BEX'], { customer });
  manager = await app.person('Rel Manager', ['BRM']);
  desk = await app.person('Dee Desk', ['SDK']);
  administrator = await app.person('Ada Min', ['ADM']);
});
afterAll(() => app.close());

const need = {
  title: 'Two-hour collection slots',
  statement: 'Customers collect their order in a slot of two hours.',
  trigger: 'business_strategy',
};

async function analysing(): Promise<string> {
  const { id } = await owner.create('business-requirements', { ...need, priority: 'must' });
  await owner.create('outcomes', {
    title: 'Fewer missed collections',
    requirement: id,
    statement: 'Missed collections fall.',
    measure: 'missed / booked',
    unit: '%',
  });
  await owner.move('business-requirements', id, 'analyse');
  return id;
}

describe('a business requirement', () => {
  it('is not for strangers, nor for the service desk to write', async () => {
    expect((await app.stranger.post('/business-requirements', need)).status).toBe(401);
    expect(await desk.post('/business-requirements', need)).toMatchObject({
      status: 403,
      body: { code: 'permission.role' },
    });
  });

  it('expects no outcome whose target is worse than its baseline, neither made nor edited', async () => {
    const { id } = await owner.create('business-requirements', need);
    const measured = { title: 'O', requirement: id, statement: 'O.', unit: '%', direction: 'lower', baseline: 8 };
    const codesOf = ({ body }: { body: Body }) => body.refusals.map(({ code }: Body) => code);
    for (const wrong of [{ target: 9 }, { target: 8 }, { direction: 'higher', target: 4 }])
      expect(codesOf(await owner.post('/outcomes', { ...measured, ...wrong }))).toEqual(['outcome.worse-side']);
    const made = await owner.create('outcomes', { ...measured, target: 4 });
    const turned = { expectedVersion: made.version, direction: 'higher' };
    expect(codesOf(await owner.patch(`/outcomes/${made.id}`, turned))).toEqual(['outcome.worse-side']);
    expect((await owner.patch(`/outcomes/${made.id}`, { ...turned, direction: 'maintain' })).status).toBe(200);
  });

  it('is told every fault of its input at once, and nothing is saved', async () => {
    const before = (await owner.get('/business-requirements?limit=200')).body.items.length;
    const answer = await owner.post('/business-requirements', { title: '', trigger: 'whim', surprise: 1 });
    expect(answer.status).toBe(422);
    expect(answer.body.refusals.length).toBeGreaterThanOrEqual(3);
    expect((await owner.get('/business-requirements?limit=200')).body.items.length).toBe(before);
  });

  it('is agreed by the business at G1 on exactly the evidence it saw', async () => {
    const id = await analysing();
    const decision = await owner.decide('G1', id);
    expect(decision).toMatchObject({ gate: 'G1', side: 'B', role: 'BOW', customer, basis: 'current' });
    expect(decision.evidence).toHaveLength(1);
    expect((await owner.get(`/business-requirements/${id}`)).body.record.state).toBe('agreed');
  });

  it('cannot be agreed by anyone of the provider, administrator or not', async () => {
    const id = await analysing();
    for (const other of [manager, desk, administrator]) {
      expect(await other.tryDecide('G1', id)).toMatchObject({
        status: 403,
        body: { code: 'decision.not-business-authority' },
      });
    }
    expect(await sponsor.tryDecide('G1', id)).toMatchObject({ status: 403, body: { code: 'decision.no-authority' } });
  });

  it('keeps its gate closed while no outcome says how it is measured', async () => {
    const { id } = await owner.create('business-requirements', { ...need, priority: 'must' });
    await owner.move('business-requirements', id, 'analyse');
    expect(await owner.tryDecide('G1', id)).toMatchObject({ status: 409, body: { code: 'requirement.no-outcome' } });
    expect((await owner.tryDecide('G1', id, { outcome: 'defer', reason: 'Later.' })).status).toBe(201);
  });

  it('makes the decision stale when an outcome that it saw is amended', async () => {
    const id = await analysing();
    await owner.decide('G1', id);
    const read = (await owner.get(`/business-requirements/${id}`)).body;
    expect(read.decisions[0].basis).toBe('current');
    const outcome = read.links.find((link: { type: string }) => link.type === 'expects').other;
    await amendedOutcome({ owner }, outcome.id, { target: 3 });
    expect((await owner.get(`/business-requirements/${id}`)).body.decisions[0].basis).toBe('stale');
  });

  it('goes back with findings, and is not agreed again until each is answered', async () => {
    const id = await analysing();
    const findings = [{ itemRef: 'F1', severity: 'must', text: 'Which stores?' }];
    await owner.decide('G1', id, { outcome: 'reject', variant: 'return', reason: 'Unclear.', findings });
    await owner.move('business-requirements', id, 'analyse');
    expect(await owner.tryDecide('G1', id)).toMatchObject({ status: 409, body: { code: 'decision.finding-open' } });
    const { version } = (await owner.get(`/business-requirements/${id}`)).body.record;
    await owner.patch(`/business-requirements/${id}`, {
      expectedVersion: version,
      answers: [{ itemRef: 'F1', answer: 'All of them.' }],
    });
    expect((await owner.tryDecide('G1', id)).status).toBe(201);
  });

  it('refuses an edit of a version that no longer stands, and tells which does', async () => {
    const { id } = await owner.create('business-requirements', need);
    await owner.patch(`/business-requirements/${id}`, { expectedVersion: 1, title: 'Slots' });
    expect(await owner.patch(`/business-requirements/${id}`, { expectedVersion: 1, title: 'Other' })).toMatchObject({
      status: 409,
      body: { code: 'record.version', currentVersion: 2 },
    });
  });

  it('is created once under one idempotency key', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = await owner.post('/business-requirements', need, headers);
    const second = await owner.post('/business-requirements', need, headers);
    expect(second.body.record.id).toBe(first.body.record.id);
    expect(await owner.post('/business-requirements', { ...need, title: 'Else' }, headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.reused' },
    });
  });

  it('is shown as it was at an instant', async () => {
    const { id } = await owner.create('business-requirements', need);
    const then = new Date(app.clock.now()).toISOString();
    app.clock.advance(60_000);
    await owner.patch(`/business-requirements/${id}`, { expectedVersion: 1, title: 'Renamed' });
    const past = (await owner.get(`/business-requirements/${id}?asOf=${encodeURIComponent(then)}`)).body;
    expect(past.record).toMatchObject({ title: need.title, version: 1 });
    expect(past.canEdit).toBe(false);
  });

  it('is found by a word, a word beginning and its reference, and not by another organisation', async () => {
    const { id, ref } = await owner.create('business-requirements', { ...need, title: 'Zebra crossing' });
    const other = await app.customer('Kestrel');
    const outsider = await app.person('Kay', ['BOW'], { customer: other });
    for (const q of ['zebra', 'zeb', ref])
      expect((await owner.get(`/search?q=${q}`)).body.items.map((item: { id: string }) => item.id)).toContain(id);
    expect((await outsider.get('/search?q=zebra')).body.items).toEqual([]);
    expect((await outsider.get(`/business-requirements/${id}`)).status).toBe(404);
    expect((await outsider.get(`/records/${id}/journal`)).status).toBe(404);
  });
});
