import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let marlow: string;
let kestrel: string;
let manager: Client;
let tester: Client;
let desk: Client;
let user: Client;
let authority: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  marlow = await app.customer('Marlow');
  kestrel = await app.customer('Kestrel');
  manager = await app.person('Pru Problem', ['PRM']);
  tester = await app.person('Ted Tester', ['TSM', 'PRM']);
  desk = await app.person('Dee Desk', ['SDK']);
  user = await app.person('Uma User', ['USR'], { customer: marlow });
  authority = await app.person('Cho Authority', ['CHM']);
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Lending', customers: [marlow, kestrel] })).id;
});
afterAll(() => app.close());

const path = 'known-errors';
const described = {
  symptom: 'The gate beeps twice and stays shut.',
  affectedVersions: '4.1 and 4.2',
  detectionRule: 'The log of the gate says E17.',
  workaround: '1. Switch the gate off.\n2. Wait a minute.\n3. Switch it on.',
};
const verification = 'Three gates, each twice.';
const codesOf = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: { code: string }) => code);
const read = async (id: string, by = manager): Promise<Body> => (await by.get(`/${path}/${id}`)).body.record;
const logged = (fields: object = {}): Promise<Body> =>
  desk.create('incidents', { title: 'Door', customers: [marlow], service, ...fields });
const around = async (incident: string, by = desk): Promise<Body> =>
  (await by.get(`/incidents/${incident}/workarounds`)).body;
const used = (incident: string, knownError: string, outcome = 'worked', by = desk) =>
  by.post(`/incidents/${incident}/workarounds`, { knownError, outcome });

/** A problem in a state that its own tests lead to. */
const problem = (state = 'investigating', category = 'gates'): Promise<string> =>
  arranged(app, 'problem', { title: 'Gates stay shut', service, category, customers: [marlow] }, state);

async function known(of: string, fields: object = {}): Promise<string> {
  const { id } = await manager.create(path, { title: 'Gate E17', problem: of, ...described, ...fields });
  await manager.move(path, id, 'activate');
  return id;
}

async function tested(of: string, fields: object = {}): Promise<string> {
  const id = await known(of, fields);
  await tester.move(path, id, 'verify-workaround', { verification });
  return id;
}

describe('a known error', () => {
  it('is written by the problem manager for a problem, whose service, category and customers it shares', async () => {
    const of = await problem();
    expect((await desk.post(`/${path}`, { title: 'Gate E17', problem: of })).status).toBe(403);
    const { id, customers, fields } = await manager.create(path, { title: 'Gate E17', problem: of, ...described });
    expect([customers, fields]).toMatchObject([[marlow], { service, category: 'gates', workaroundBy: manager.id }]);
    const { links } = (await manager.get(`/problems/${of}`)).body;
    expect(links).toMatchObject([{ type: 'knownErrorOf', direction: 'in', other: { id } }]);
    const other = await manager.patch(`/${path}/${id}`, { expectedVersion: 1, problem: await problem() });
    expect(codesOf(other)).toEqual(['record.fixed-field']);
  });

  it('is made known with its origin, symptom, versions and how to tell it', async () => {
    const { id } = await manager.create(path, { title: 'Gate E17' });
    expect(codesOf(await manager.tryMove(path, id, 'activate'))).toEqual([
      'known-error.no-origin',
      ...Array.from({ length: 4 }, () => 'known-error.not-described'),
    ]);
    await manager.patch(`/${path}/${id}`, { expectedVersion: 1, defect: 'D-12 of release 4', service, ...described });
    expect((await manager.move(path, id, 'activate')).state).toBe('active');
  });

  it('has its workaround tested by another than who wrote it, or wrote it anew', async () => {
    const id = await known(await problem(), { workaround: null });
    expect(codesOf(await tester.tryMove(path, id, 'verify-workaround', { verification }))).toEqual([
      'known-error.no-workaround',
    ]);
    const { version } = await read(id);
    await tester.patch(`/${path}/${id}`, { expectedVersion: version, workaround: 'Switch it off and on.' });
    expect(codesOf(await tester.tryMove(path, id, 'verify-workaround', { verification }))).toEqual([
      'known-error.own-workaround',
    ]);
    expect(codesOf(await manager.tryMove(path, id, 'verify-workaround', { verification }))).toEqual(['separation.sd2']);
    const after = await desk.move(path, id, 'verify-workaround', { verification });
    expect(after.state).toBe('workaround_verified');
    const back = await manager.move(path, id, 'rework', { reason: 'Step two is not needed.' });
    expect(back.state).toBe('active');
  });

  it('goes the way of its problem and of the change that resolves it', async () => {
    const of = await problem('resolution_pending');
    const change = await arranged(app, 'change', { title: 'Gate 4.3', customers: [marlow] }, 'authorised_deploy');
    await manager.post('/links', { type: 'resolvedBy', from: of, to: change });
    const id = await tested(of);
    expect((await manager.move(path, id, 'schedule-fix', { fixedVersion: '4.3' })).state).toBe('fix_scheduled');
    await authority.move('changes', change, 'reassess', { reason: 'The supplier withdrew it.' });
    expect((await read(id)).state).toBe('active');
    expect(codesOf(await manager.tryMove(path, id, 'schedule-fix'))).toEqual(['known-error.fix-not-authorised']);
    expect(codesOf(await manager.tryMove(path, id, 'resolve'))).toEqual(['known-error.not-fixed']);
    await authority.move('changes', change, 'cancel', { reason: 'Another came.' });
    const done = await arranged(app, 'change', { title: 'Gate 4.4', customers: [marlow] }, 'closed_successful');
    await manager.post('/links', { type: 'resolvedBy', from: of, to: done });
    await manager.move('problems', of, 'resolve', { resolution: 'Gates have 4.4.' });
    expect((await read(id)).state).toBe('resolved');
    expect(codesOf(await manager.tryMove(path, id, 'archive'))).toEqual(['known-error.watched']);
    app.clock.advance(1000);
    const again = await logged();
    await desk.post('/links', { type: 'causedBy', from: again.id, to: of });
    expect((await read(id)).state).toBe('active');
  });

  it('has its fix scheduled with the authorisation to deploy the change', async () => {
    const of = await problem('resolution_pending');
    const window = {
      windowFrom: '2026-05-02T20:00:00.000Z',
      windowTo: '2026-05-02T22:00:00.000Z',
      windowZone: 'Europe/London',
      reviewCriteria: 'Gates open.',
    };
    const change = await arranged(app, 'change', { title: 'Gate 4.3', service, ...window }, 'built_tested');
    await manager.post('/links', { type: 'resolvedBy', from: of, to: change });
    const [first, second] = [await tested(of), await known(of)];
    await authority.decide('P9', change);
    expect([(await read(first)).state, (await read(second)).state]).toEqual(['fix_scheduled', 'fix_scheduled']);
  });

  it('is archived when its problem did not come again', async () => {
    const of = await problem('resolution_pending');
    const done = await arranged(app, 'change', { title: 'Gate 4.4', customers: [marlow] }, 'closed_successful');
    await manager.post('/links', { type: 'resolvedBy', from: of, to: done });
    const id = await known(of);
    await manager.move('problems', of, 'resolve', { resolution: 'Gates have 4.4.' });
    app.clock.advance(31 * 86_400_000);
    await app.runJob('moves-by-themselves');
    expect((await read(id)).state).toBe('archived');
  });

  it('of a defect alone is led by hand, with the version that has the fix by its name', async () => {
    const { id } = await manager.create(path, { title: 'Gate E17', defect: 'D-12', service, ...described });
    await manager.move(path, id, 'activate');
    expect(codesOf(await manager.tryMove(path, id, 'schedule-fix'))).toEqual(['known-error.fix-not-authorised']);
    await manager.move(path, id, 'schedule-fix', { fixedVersion: '4.3' });
    await manager.move(path, id, 'resolve');
    await manager.move(path, id, 'recur', { reason: 'Seen on 4.3.' });
    await manager.move(path, id, 'resolve');
    expect((await manager.move(path, id, 'archive')).state).toBe('archived');
    const second = await known(await problem());
    const retired = { reason: 'All gates are new.', reasonCode: 'versions_gone' };
    expect((await manager.move(path, second, 'retire', retired)).state).toBe('archived');
  });
});

describe('on an incident', () => {
  it('known errors of its service are offered that share component, category or words of the symptom', async () => {
    const of = await problem('investigating', 'readers');
    const id = await tested(of, { title: 'Reader E3', symptom: 'The reader stays black after a card.' });
    const byCategory = await around((await logged({ category: 'readers' })).id);
    expect(byCategory.knownErrors).toMatchObject([
      { record: { id }, workaround: described.workaround, because: ['same category'], used: null },
    ]);
    expect(byCategory.problems).toMatchObject([{ record: { id: of }, because: ['same category'] }]);
    const byWords = await around((await logged({ title: 'Card reader is black' })).id);
    expect(byWords.knownErrors).toMatchObject([{ record: { id }, because: ['3 words of the title'] }]);
    expect((await around((await logged({ title: 'Nothing of the kind' })).id)).knownErrors).toEqual([]);
    expect([byWords.mayUse, (await around((await logged()).id, user)).mayUse]).toEqual([true, false]);
  });

  it('of another customer nothing is offered, and nothing of what the caller does not see', async () => {
    await tested(await problem('investigating', 'lamps'));
    const theirs = await logged({ category: 'lamps', customers: [kestrel] });
    const outsider = await app.person('Kay', ['USR'], { customer: kestrel });
    expect((await around(theirs.id, outsider)).knownErrors).toEqual([]);
    const ours = await logged({ category: 'lamps' });
    expect((await outsider.get(`/incidents/${ours.id}/workarounds`)).status).toBe(404);
  });

  it('a workaround is recorded by those who work on it, and counted once', async () => {
    const id = await tested(await problem('investigating', 'belts'));
    const incident = await logged({ category: 'belts' });
    expect((await used(incident.id, id, 'worked', user)).status).toBe(403);
    const answer = await used(incident.id, id);
    expect(answer.body.knownErrors).toMatchObject([{ record: { id }, used: 'worked' }]);
    expect(codesOf(await used(incident.id, id, 'failed'))).toEqual(['known-error.used-already']);
    expect((await read(id)).fields).toMatchObject({ usageCount: 1, failureCount: null });
    const { items } = (await manager.get(`/records/${id}/journal?limit=1`)).body;
    expect(items).toMatchObject([{ move: 'use', reason: `On ${incident.ref}.` }]);
    const { links } = (await desk.get(`/incidents/${incident.id}`)).body;
    expect(links).toMatchObject([{ type: 'workedAroundBy', other: { id } }]);
    const byHand = await desk.post('/links', { type: 'workedAroundBy', from: (await logged()).id, to: id });
    expect(codesOf(byHand)).toEqual(['link.kept']);
  });

  it('a workaround is not recorded once it is over, or where none is written', async () => {
    const id = await known(await problem('investigating', 'ropes'), { workaround: null });
    const incident = await logged({ category: 'ropes' });
    expect(codesOf(await used(incident.id, id))).toEqual(['known-error.no-workaround']);
    await desk.move('incidents', incident.id, 'cancel', { reason: 'A test.' });
    expect(codesOf(await used(incident.id, id))).toEqual(['known-error.incident-over']);
  });

  it('two that it did not help take a tested workaround back, and testing it again begins anew', async () => {
    const id = await tested(await problem('investigating', 'fans'));
    await used((await logged()).id, id, 'failed');
    expect(await read(id)).toMatchObject({ state: 'workaround_verified', fields: { failureCount: 1 } });
    await used((await logged()).id, id, 'failed');
    expect(await read(id)).toMatchObject({ state: 'active', fields: { usageCount: 2, failureCount: 2 } });
    const { items } = (await manager.get(`/records/${id}/journal?limit=1`)).body;
    expect(items).toMatchObject([{ move: 'fail', to: 'active' }]);
    await tester.move(path, id, 'verify-workaround', { verification });
    expect((await read(id)).fields.failureCount).toBeNull();
  });
});

it('verify finds what the journal tells', async () => {
  const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
  expect(differences).toEqual([]);
});
