import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { traitRecounts } from '../../core/trait/switched-on.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import { share } from '../../test/support/share.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { problemPriority } from './rules.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let marlow: string;
let kestrel: string;
let manager: Client;
let desk: Client;
let executive: Client;
let other: Client;
let user: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  marlow = await app.customer('Marlow');
  kestrel = await app.customer('Kestrel');
  manager = await app.person('Pru Problem', ['PRM']);
  desk = await app.person('Dee Desk', ['SDK']);
  executive = await app.person('Bex Executive', ['BEX'], { customer: marlow });
  other = await app.person('Bo Owner', ['BOW'], { customer: kestrel });
  user = await app.person('Uma User', ['USR'], { customer: marlow });
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Lending', customers: [marlow, kestrel] })).id;
});
afterAll(() => app.close());

const hours = (count: number) => count * 3_600_000;
const logged = (fields: object = {}): Promise<Body> =>
  desk.create('incidents', { title: 'Loans are refused', customers: [marlow], service, ...fields });
const caused = (incident: string, problem: string) =>
  desk.post('/links', { type: 'causedBy', from: incident, to: problem });
const judged = { frequency: 'often', impact: '2', recurrenceCost: 'low' };
const cause = {
  method: 'timeline',
  causes: [{ statement: 'The pool of connections is too small for the end of term.' }],
  contributingFactors: [{ factor: 'Nobody asked how many lend at once.', area: 'design' }],
  originStage: 'design',
};
const acceptance = {
  costBenefit: 'A new till costs more than the calls.',
  residualImpact: 'Two calls a month.',
  reviewAt: '2026-12-01',
};
const codesOf = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: { code: string }) => code);
const read = async (id: string, by = manager): Promise<Body> => (await by.get(`/problems/${id}`)).body;

/** Names the customers whom a problem concerns. */
async function concerns(id: string, customers: string[]): Promise<void> {
  const named = (await read(id)).record.customers;
  const further = customers.filter((each) => !named.includes(each));
  await share(id, { by: manager, customers: further, with: [executive] });
}

/** A problem with one incident, brought to investigation. */
async function investigated(fields: object = {}): Promise<string> {
  const { id } = await manager.create('problems', {
    title: 'Loans fail',
    service,
    customers: [marlow],
    source: 'recurrence',
    ...fields,
  });
  await caused((await logged()).id, id);
  await manager.move('problems', id, 'log', { source: 'recurrence' });
  await manager.move('problems', id, 'prioritise', judged);
  await manager.move('problems', id, 'investigate', { assignee: manager.id });
  return id;
}

async function understood(fields: object = {}): Promise<string> {
  const id = await investigated(fields);
  await manager.post(`/records/${id}/attestations`, {
    title: 'Log of the pool',
    statement: 'It was exhausted at 14:02.',
  });
  await manager.move('problems', id, 'establish-cause', cause);
  return id;
}

async function fixedBy(problem: string, state: string): Promise<string> {
  const change = await arranged(app, 'change', { title: 'A larger pool', service, customers: [marlow] }, state);
  await manager.post('/links', { type: 'resolvedBy', from: problem, to: change });
  return change;
}

async function resolved(): Promise<string> {
  const id = await understood();
  await fixedBy(id, 'closed_successful');
  await manager.move('problems', id, 'propose-resolution');
  await manager.move('problems', id, 'resolve', { resolution: 'The pool holds eighty.' });
  return id;
}

describe('the priority of a problem', () => {
  it('is the product of how often, how bad and how dear', () => {
    type Judged = Parameters<typeof problemPriority>[0];
    const of = (frequency: Judged['frequency'], impact: Judged['impact'], recurrenceCost: Judged['recurrenceCost']) =>
      problemPriority({ frequency, impact, recurrenceCost });
    expect([of('often', '2', 'medium'), of('sometimes', '2', 'high')]).toEqual(['P1', 'P1']);
    expect([of('often', '2', 'low'), of('sometimes', '3', 'medium')]).toEqual(['P2', 'P2']);
    expect([of('rarely', '1', 'low'), of('sometimes', '4', 'low')]).toEqual(['P3', 'P4']);
    expect(of('often', '1', null)).toBeNull();
  });

  it('is set once by prioritising, and then altered with a reason only', async () => {
    const id = await investigated();
    const { record } = await read(id);
    expect(record.fields.priority).toBe('P2');
    const edited = await manager.patch(`/problems/${id}`, { expectedVersion: record.version, impact: '1' });
    expect(edited).toMatchObject({ status: 409, body: { code: 'problem.priority-reason' } });
    const again = { ...judged, impact: '1' };
    expect(codesOf(await manager.tryMove('problems', id, 'reprioritise', again))).toEqual(['input.invalid']);
    const after = await manager.move('problems', id, 'reprioritise', { ...again, reason: 'Two shops closed.' });
    expect([after.state, after.fields.priority]).toEqual(['investigating', 'P2']);
  });
});

describe('a problem', () => {
  it('is raised by those who work on the service, and led by the problem manager', async () => {
    expect((await user.post('/problems', { title: 'Mine', service })).status).toBe(403);
    const { id } = await desk.create('problems', { title: 'Loans fail', service });
    expect((await desk.tryMove('problems', id, 'log', { source: 'trend' })).status).toBe(403);
    expect(await manager.post('/problems', { title: 'Nowhere' })).toMatchObject({
      status: 409,
      body: { code: 'problem.nowhere' },
    });
  });

  it('is logged with the incidents it caused, or with the name of what else it was detected by', async () => {
    const { id } = await manager.create('problems', { title: 'Loans fail', service });
    expect(codesOf(await manager.tryMove('problems', id, 'log', { source: 'recurrence' }))).toEqual([
      'problem.no-incidents',
    ]);
    expect(codesOf(await manager.tryMove('problems', id, 'log', { source: 'supplier' }))).toEqual([
      'problem.origin-unnamed',
    ]);
    await manager.move('problems', id, 'log', { source: 'supplier', sourceNamed: 'Notice 7 of the bank' });
    const second = await manager.create('problems', { title: 'Loans fail', service });
    await caused((await logged()).id, second.id);
    expect((await manager.move('problems', second.id, 'log', { source: 'recurrence' })).state).toBe('logged');
  });

  it("the provider's own standard of it is for the provider: no customer reads how long it may take", async () => {
    const { id } = await manager.create('problems', {
      title: 'Loans fail slowly',
      service,
      ...judged,
      customers: [marlow],
    });
    const told = async (by: Client) => [
      (await by.get(`/problems/${id}/clocks`)).body.items.length,
      Object.values((await by.get(`/problems/${id}`)).body.record.fields).filter((each) => each === false).length,
      JSON.stringify((await by.get(`/records/${id}/journal`)).body).includes('nextDueAt'),
      (await by.get('/problems?sort=nextDueAt')).status,
    ];
    const [provider, customer] = [await told(manager), await told(user)];
    expect(customer.slice(0, 3)).toEqual([0, 0, false]);
    expect([provider[3], customer[3]]).toEqual([200, 422]);
  });

  it('is shown to nobody more by whose incidents it caused, and shows each its own once they are named', async () => {
    const { id } = await manager.create('problems', { title: 'Loans fail', service });
    const ours = await logged();
    const theirs = await logged({ customers: [kestrel] });
    expect((await caused(ours.id, id)).status).toBe(201);
    expect((await caused(theirs.id, id)).status).toBe(201);
    expect((await user.get(`/problems/${id}`)).status).toBe(404);
    const { record, links } = await read(id);
    expect([record.customers, links]).toEqual([[], []]);
    await concerns(id, [marlow, kestrel]);
    const all = (await manager.get(`/problems/${id}/caused`)).body;
    expect([all.count, all.newest.map((each: Body) => each.id)]).toEqual([2, [theirs.id, ours.id]]);
    const seen = (await user.get(`/problems/${id}/caused`)).body;
    expect([seen.count, seen.newest.map((each: Body) => each.id)]).toEqual([1, [ours.id]]);
    expect((await desk.get(`/incidents/${ours.id}`)).body.links).toMatchObject([
      { type: 'causedBy', state: 'asserted', other: { id } },
    ]);
  });

  it('is joined to its incidents by those who work on either, not by everybody who sees both', async () => {
    const { id } = await manager.create('problems', { title: 'Loans fail', service, customers: [marlow] });
    const incident = await logged();
    const tried = await executive.post('/links', { type: 'causedBy', from: incident.id, to: id });
    expect(tried).toMatchObject({ status: 403, body: { code: 'permission.role' } });
  });

  it('leaves its incidents alone when it moves, however many they are', async () => {
    const id = await investigated();
    const { newest } = (await manager.get(`/problems/${id}/caused`)).body;
    const before = (await desk.get(`/records/${newest[0].id}/journal`)).body.items.length;
    await manager.move('problems', id, 'reprioritise', { ...judged, impact: '1', reason: 'Two shops closed.' });
    expect((await desk.get(`/records/${newest[0].id}/journal`)).body.items).toHaveLength(before);
    expect((await desk.get(`/incidents/${newest[0].id}`)).body.links).toMatchObject([{ state: 'asserted' }]);
  });

  it('has its cause established on evidence, with what contributed and the stage it comes from', async () => {
    const id = await investigated();
    const bare = { ...cause, causes: [], contributingFactors: [] };
    expect(codesOf(await manager.tryMove('problems', id, 'establish-cause', bare))).toEqual([
      'problem.no-evidence',
      'problem.no-cause',
      'problem.no-factors',
    ]);
    await manager.post(`/records/${id}/attestations`, { title: 'Log', statement: 'Nothing to see.', failed: true });
    expect(codesOf(await manager.tryMove('problems', id, 'establish-cause', cause))).toEqual(['problem.no-evidence']);
    const shown = { ...cause, causes: [{ statement: 'The pool is too small.', shownBy: 'Log of 2 March, 14:02' }] };
    expect((await manager.move('problems', id, 'establish-cause', shown)).fields.originStage).toBe('design');
    const back = await manager.move('problems', id, 'reinvestigate', { reason: 'It happened with a larger pool too.' });
    expect(back.state).toBe('investigating');
  });

  it('is resolved once the change that was raised for it is implemented successfully', async () => {
    const id = await understood();
    expect(codesOf(await manager.tryMove('problems', id, 'propose-resolution'))).toEqual(['problem.no-fix']);
    await fixedBy(id, 'rejected');
    expect(codesOf(await manager.tryMove('problems', id, 'propose-resolution'))).toEqual(['problem.no-fix']);
    await fixedBy(id, 'closed_successful');
    const open = await fixedBy(id, 'scheduled');
    await manager.move('problems', id, 'propose-resolution');
    const tried = await manager.tryMove('problems', id, 'resolve', { resolution: 'The pool holds eighty.' });
    expect(codesOf(tried)).toEqual(['problem.fix-not-implemented']);
    const planner = await app.person('Cho Change', ['CHM']);
    await planner.move('changes', open, 'miss-window', { reason: 'The till was in use.' });
    await planner.move('changes', open, 'reassess', { reason: 'Not this one.' });
    await manager.move('problems', id, 'reconsider', { reason: 'The second change is in question.' });
    const { links } = await read(id);
    const { id: second } = links.find((each: Body) => each.other.id === open);
    await manager.post(`/links/${second}/withdraw`, { reason: 'Another matter.' });
    await manager.move('problems', id, 'propose-resolution');
    const after = await manager.move('problems', id, 'resolve', { resolution: 'The pool holds eighty.' });
    expect([after.state, after.fields.resolvedAt]).toEqual(['resolved', new Date(app.clock.now()).toISOString()]);
  });

  it('is closed when it did not come again for thirty days', async () => {
    const id = await resolved();
    app.clock.advance(hours(24 * 29));
    await app.runJob('moves-by-themselves');
    expect((await read(id)).record.state).toBe('resolved');
    app.clock.advance(hours(25));
    await app.runJob('moves-by-themselves');
    expect((await read(id)).record).toMatchObject({ state: 'closed', fields: { effective: true } });
  });

  it('comes back when an incident that began since is joined to it in that time, in the one entry of that act', async () => {
    const before = await logged();
    app.clock.advance(hours(1));
    const id = await resolved();
    await caused(before.id, id);
    expect((await read(id)).record.state).toBe('resolved');
    app.clock.advance(hours(1));
    const again = await logged({ customers: [kestrel], links: [{ type: 'causedBy', to: id }] });
    const { record } = await read(id);
    expect(record).toMatchObject({ state: 'investigating', fields: { recurrenceCount: 1, resolvedAt: null } });
    expect(record.customers).not.toContain(kestrel);
    const { items } = (await manager.get(`/records/${id}/journal?limit=1`)).body;
    expect(items).toMatchObject([{ move: 'recur', reason: `${again.ref} began after it was resolved.` }]);
  });

  it('is cancelled as known already or as no fault, and its incidents stay linked', async () => {
    const first = await investigated();
    const id = await investigated();
    expect(codesOf(await manager.tryMove('problems', id, 'cancel', { reason: 'The same.' }))).toEqual([
      'input.invalid',
    ]);
    await manager.move('problems', id, 'cancel', { reason: 'The same.', reasonCode: 'duplicate', duplicateOf: first });
    expect((await manager.get(`/problems/${id}/caused`)).body.count).toBe(1);
  });
});

/** Whether G10 waits, by the problem's page and by the list of what waits. */
async function waitsAt(id: string): Promise<boolean[]> {
  const { gates } = await read(id, executive);
  const { items } = (await executive.get('/decisions/waiting?limit=200')).body;
  return [
    gates.some((each: Body) => each.gate === 'G10' && each.waits),
    items.some((each: Body) => each.gate === 'G10' && each.subject.id === id),
  ];
}

describe('living with a problem', () => {
  it('is decided by the business of every customer concerned, and by nobody of the provider', async () => {
    const id = await understood();
    await caused((await logged({ customers: [kestrel] })).id, id);
    const tried = await manager.tryMove('problems', id, 'propose-acceptance', acceptance);
    expect(codesOf(tried)).toEqual(['problem.customer-unnamed']);
    await concerns(id, [marlow, kestrel]);
    await manager.move('problems', id, 'propose-acceptance', acceptance);
    expect((await manager.tryMove('problems', id, 'accept-unresolved')).status).toBe(404);
    expect((await manager.tryDecide('G10', id)).status).toBe(403);
    await executive.decide('G10', id);
    expect((await read(id)).record.state).toBe('resolution_pending');
    await other.decide('G10', id);
    expect((await read(id)).record.state).toBe('accepted_unresolved');
  });

  it('is not decided where it was not argued, or for a day that has passed', async () => {
    const id = await understood();
    await fixedBy(id, 'assessing');
    await manager.move('problems', id, 'propose-resolution');
    const tried = await executive.tryDecide('G10', id);
    expect(codesOf(tried)).toEqual([...Array.from({ length: 3 }, () => 'problem.not-argued'), 'decision.not-asked']);
    const findings = [{ itemRef: 'PRB', severity: 'must', text: 'Not this fix.' }];
    expect(codesOf(await executive.tryDecide('G10', id, { outcome: 'reject', findings }))).toEqual([
      'decision.not-asked',
    ]);
    await manager.move('problems', id, 'reconsider', { reason: 'Too dear.' });
    const past = { ...acceptance, reviewAt: '2026-01-01' };
    expect(codesOf(await manager.tryMove('problems', id, 'propose-acceptance', past))).toEqual(['problem.review-past']);
  });

  it('waits for every customer that an incident of it names, though it let go of the problem', async () => {
    const id = await understood();
    await share(id, { by: manager, customers: [marlow], kind: 'leave', with: [executive] });
    const tried = await manager.tryMove('problems', id, 'propose-acceptance', acceptance);
    expect(codesOf(tried)).toEqual(['problem.no-customer', 'problem.customer-unnamed']);
  });

  it('is refused with findings, and then thought over, and waits only while it is asked for', async () => {
    const id = await understood();
    await manager.move('problems', id, 'propose-acceptance', acceptance);
    const findings = [{ itemRef: 'Impact', severity: 'must', text: 'It is more than two calls.' }];
    expect(await waitsAt(id)).toEqual([true, true]);
    await executive.decide('G10', id, { outcome: 'reject', reason: 'Mend it.', findings });
    expect((await read(id)).record.state).toBe('root_cause_known');
    await fixedBy(id, 'assessing');
    await manager.move('problems', id, 'propose-resolution');
    expect(await waitsAt(id)).toEqual([false, false]);
    await manager.move('problems', id, 'reconsider', { reason: 'Too dear.' });
    await manager.move('problems', id, 'propose-acceptance', acceptance);
    expect(await waitsAt(id)).toEqual([true, true]);
  });

  it('is thought over again once it caused an incident of a customer who did not decide, and tells nobody who that is', async () => {
    const id = await understood();
    await manager.move('problems', id, 'propose-acceptance', acceptance);
    await caused((await logged({ customers: [kestrel] })).id, id);
    const page = (await executive.get(`/gates/G10/${id}`)).body;
    expect(JSON.stringify(page)).toContain('another customer');
    expect(JSON.stringify(page)).not.toContain('Kestrel');
    expect(JSON.stringify((await manager.get(`/gates/G10/${id}`)).body)).toContain('Kestrel');

    const lived = await understood();
    await manager.move('problems', lived, 'propose-acceptance', acceptance);
    await executive.decide('G10', lived);
    expect((await read(lived)).record.state).toBe('accepted_unresolved');
    await caused((await logged({ customers: [kestrel] })).id, lived);
    expect((await read(lived)).record.state).toBe('root_cause_known');
  });

  it('is thought over again by itself on the day of its review', async () => {
    const id = await understood();
    await manager.move('problems', id, 'propose-acceptance', acceptance);
    await executive.decide('G10', id);
    await app.runJob('problem-reviews');
    expect((await read(id)).record.state).toBe('accepted_unresolved');
    app.clock.set('2026-12-01T09:00:00.000Z');
    await app.runJob('problem-reviews');
    expect((await read(id)).record.state).toBe('root_cause_known');
  });
});

it('is measured as every worked record: one fact, that follows its moves and is computed anew by verify', async () => {
  const id = await resolved();
  await app.settle();
  const fact = async () => {
    const { rows } = await app.application.pool.query('select * from core.case_fact where record_id = $1', [id]);
    return rows[0];
  };
  const { resolvedAt } = (await read(id)).record.fields;
  const { entries, ended_at: endedAt, ...rest } = await fact();
  expect(rest).toMatchObject({
    record_type: 'problem',
    service_id: service,
    customer_id: marlow,
    state: 'resolved',
    reopens: 0,
  });
  expect(new Date(endedAt).toISOString()).toBe(new Date(resolvedAt).toISOString());
  expect(entries).toBeGreaterThan(5);
  const differences = async () =>
    (
      await verify(app.database.ownerPool, app.application.registry, app.keysFolder, { recounts: traitRecounts })
    ).differences.map(({ what }) => what);
  expect(await differences()).toEqual([]);
  await app.database.ownerPool.query("update core.case_fact set state = 'closed' where record_id = $1", [id]);
  expect(await differences()).toEqual([expect.stringContaining('its measured fact is {')]);
  await app.database.ownerPool.query("update core.case_fact set state = 'resolved' where record_id = $1", [id]);
});

it('verify finds what the journal tells', async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
});
