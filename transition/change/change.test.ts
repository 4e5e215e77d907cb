import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let customer: string;
let owner: Client;
let authority: Client;
let builder: Client;
let tester: Client;
let operations: Client;
let sponsor: Client;
let outsider: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  owner = await app.person('Sol Owner', ['SOW', 'CHM']);
  authority = await app.person('Cho Authority', ['CHM']);
  builder = await app.person('Bo Builder', ['BLD', 'TSM']);
  tester = await app.person('Tess Tester', ['TSM']);
  operations = await app.person('Op Erations', ['OPS']);
  sponsor = await app.person('Sam Sponsor', ['BEX'], { customer });
  outsider = await app.person('Kay', ['BEX'], { customer: await app.customer('Kestrel') });
  service = (await takenOver(owner, { title: 'Slot promise', customers: [customer] })).id;
});
afterAll(() => app.close());

const answers = {
  reason: 'Slots are shown late.',
  benefit: 'Slots are shown at once.',
  risks: 'A wrong slot is shown.',
  resources: 'Two builders for a week.',
  relationships: 'None.',
  agreementImpact: 'None.',
  backOutPlan: 'Deploy the previous build.',
  testPlan: 'The regression suite.',
  impact: 2,
  likelihood: 1,
};
const window = {
  windowFrom: '2026-03-28T22:00:00.000Z',
  windowTo: '2026-03-29T03:00:00.000Z',
  windowZone: 'Europe/London',
  reviewCriteria: 'Slots are shown within a second.',
};

async function assessing(fields: object = {}): Promise<string> {
  app.clock.set('2026-03-02T09:00:00.000Z');
  const { id } = await owner.create('changes', {
    title: 'Show slots at once',
    customers: [customer],
    service,
    responsible: builder.id,
    ...answers,
    links: [{ type: 'relatesTo', to: service }],
    ...fields,
  });
  await owner.move('changes', id, 'submit');
  await authority.move('changes', id, 'assess');
  return id;
}

async function tested(fields: object = {}): Promise<string> {
  const id = await assessing(fields);
  await authority.decide('P4', id);
  await builder.move('changes', id, 'start-build');
  await tester.move('changes', id, 'pass-tests', { testEvidence: 'All green.', backOutTest: 'tested' });
  return id;
}

async function scheduled(times: object = {}): Promise<string> {
  const id = await tested();
  await authority.move('changes', id, 'propose-window', { ...window, ...times });
  await authority.decide('P9', id);
  await authority.move('changes', id, 'schedule');
  return id;
}

const freezeOf = (freezeFrom: string, freezeTo: string) => ({
  title: 'Peak trade',
  customers: [customer],
  service,
  freezeFrom,
  freezeTo,
  freezeZone: 'Europe/London',
  cause: 'The shops are full.',
});
const frozen = async (from: string, to: string): Promise<string> =>
  (await sponsor.create('freezes', freezeOf(from, to))).id;
const stateOf = async (id: string) => (await authority.get(`/changes/${id}`)).body.record.state;

describe('a change', () => {
  it('is not for strangers, nor seen by another organisation, nor raised by the business', async () => {
    const id = await assessing();
    expect((await app.stranger.get(`/changes/${id}`)).status).toBe(401);
    expect((await outsider.get(`/changes/${id}`)).status).toBe(404);
    expect((await sponsor.post('/changes', { title: 'Mine', service })).status).toBe(403);
  });

  it('is not submitted while nothing calls for it', async () => {
    const { id } = await owner.create('changes', { title: 'Why not', service, reason: 'Fun.' });
    expect(await owner.tryMove('changes', id, 'submit')).toMatchObject({
      status: 409,
      body: { code: 'change.no-origin' },
    });
  });

  it('has its score and level worked out, and edited with its factors', async () => {
    const id = await assessing();
    const { version, fields } = (await authority.get(`/changes/${id}`)).body.record;
    expect([fields.riskScore, fields.riskLevel]).toEqual([2, 'L4']);
    const edited = await authority.patch(`/changes/${id}`, { expectedVersion: version, impact: 4, likelihood: 4 });
    expect(edited.body.record.fields).toMatchObject({ riskScore: 16, riskLevel: 'L1' });
    expect(edited.body.record.version).toBe(version + 1);
  });

  it('is not authorised by the one who raised it', async () => {
    expect(await owner.tryDecide('P4', await assessing())).toMatchObject({
      status: 403,
      body: { code: 'separation.sd1' },
    });
  });

  it('is not authorised to build while a question is open, and is told which', async () => {
    const id = await assessing({ risks: undefined, backOutPlan: undefined });
    const answer = await authority.tryDecide('P4', id);
    expect(answer.body.refusals.flatMap((each: { field?: string }) => each.field ?? [])).toEqual([
      'risks',
      'backOutPlan',
    ]);
  });

  it('is not tested by the one who built it', async () => {
    const id = await assessing();
    await authority.decide('P4', id);
    await builder.move('changes', id, 'start-build');
    const evidence = { testEvidence: 'All green.', backOutTest: 'tested' };
    expect(await builder.tryMove('changes', id, 'pass-tests', evidence)).toMatchObject({
      status: 403,
      body: { code: 'separation.sd2' },
    });
  });

  it('goes back to assessment when the risk of its deployment is refused', async () => {
    const id = await tested();
    const findings = [{ itemRef: 'risk', severity: 'must', text: 'Too near the sale.' }];
    await authority.decide('P9', id, { outcome: 'reject', reason: 'Too risky now.', findings });
    expect(await stateOf(id)).toBe('assessing');
  });

  it('may touch the window of another on the same service, and not overlap it', async () => {
    await scheduled();
    const touching = await tested();
    const at = (windowFrom: string, windowTo: string) =>
      authority.move('changes', touching, 'propose-window', { ...window, windowFrom, windowTo });
    await at('2026-03-29T02:59:00.000Z', '2026-03-29T05:00:00.000Z');
    expect(await authority.tryDecide('P9', touching)).toMatchObject({
      status: 409,
      body: { code: 'change.collision' },
    });
    await at('2026-03-29T03:00:00.000Z', '2026-03-29T05:00:00.000Z');
    expect((await authority.tryDecide('P9', touching)).status).toBe(201);
  });

  it('may touch a freeze, and not overlap it without an exception by another', async () => {
    const id = await tested();
    const at = (windowFrom: string, windowTo: string) =>
      authority.move('changes', id, 'propose-window', { ...window, windowFrom, windowTo });
    const freeze = await frozen('2026-05-01T00:00:00.000Z', '2026-05-04T00:00:00.000Z');
    await at('2026-05-03T23:00:00.000Z', '2026-05-04T01:00:00.000Z');
    expect(await authority.tryDecide('P9', id)).toMatchObject({ status: 409, body: { code: 'change.freeze' } });
    await at('2026-05-04T00:00:00.000Z', '2026-05-04T01:00:00.000Z');
    expect((await authority.tryDecide('P9', id)).status).toBe(201);

    const inside = await tested();
    await authority.move('changes', inside, 'propose-window', {
      ...window,
      windowFrom: '2026-05-02T20:00:00.000Z',
      windowTo: '2026-05-02T22:00:00.000Z',
    });
    const exception = { exceptionFor: inside, reason: 'It stops wrong prices.' };
    expect((await authority.tryMove('freezes', freeze, 'except', exception)).body.code).toBe('freeze.other-side');
    expect((await authority.tryMove('freezes', freeze, 'lift', { reason: 'No.' })).body.code).toBe('freeze.other-side');
    await sponsor.move('freezes', freeze, 'except', exception);
    expect((await authority.tryDecide('P9', inside)).status).toBe(201);
  });

  it('is let through a freeze of the provider by another than who raised it', async () => {
    const freeze = (await authority.create('freezes', freezeOf('2026-08-01T00:00:00.000Z', '2026-08-04T00:00:00.000Z')))
      .id;
    const id = await tested();
    const times = { windowFrom: '2026-08-02T20:00:00.000Z', windowTo: '2026-08-02T22:00:00.000Z' };
    await authority.move('changes', id, 'propose-window', { ...window, ...times });
    const exception = { exceptionFor: id, reason: 'It stops wrong prices.' };
    expect((await owner.tryMove('freezes', freeze, 'except', exception)).body.code).toBe('freeze.own-change');
    await authority.move('freezes', freeze, 'except', exception);
    expect((await authority.tryDecide('P9', id)).status).toBe(201);
  });

  it('is not frozen everywhere by one customer', async () => {
    const everywhere = { ...freezeOf('2026-09-01T00:00:00.000Z', '2026-09-04T00:00:00.000Z'), service: null };
    expect((await sponsor.post('/freezes', everywhere)).body.code).toBe('freeze.service');
  });

  it('leaves the schedule when a freeze is declared over its window', async () => {
    const id = await scheduled({ windowFrom: '2026-06-10T20:00:00.000Z', windowTo: '2026-06-10T22:00:00.000Z' });
    const touching = await scheduled({ windowFrom: '2026-06-12T00:00:00.000Z', windowTo: '2026-06-12T02:00:00.000Z' });
    await frozen('2026-06-10T00:00:00.000Z', '2026-06-12T00:00:00.000Z');
    expect([await stateOf(id), await stateOf(touching)]).toEqual(['authorised_deploy', 'scheduled']);
    expect((await authority.tryMove('changes', id, 'schedule')).body.code).toBe('change.freeze');
  });

  it('is not frozen by a freeze that is lifted, or ends before it begins', async () => {
    const freeze = await frozen('2026-07-01T00:00:00.000Z', '2026-07-09T00:00:00.000Z');
    await sponsor.move('freezes', freeze, 'lift', { reason: 'The sale is off.' });
    await scheduled({ windowFrom: '2026-07-02T00:00:00.000Z', windowTo: '2026-07-02T02:00:00.000Z' });
    const backwards = { ...freezeOf('2026-07-09T00:00:00.000Z', '2026-07-01T00:00:00.000Z'), freezeZone: 'Mars/Base' };
    expect((await sponsor.post('/freezes', backwards)).body.refusals).toMatchObject([
      { code: 'freeze.days' },
      { code: 'freeze.zone' },
    ]);
  });

  it('starts inside its window only, is completed, reviewed and closed', async () => {
    const id = await scheduled({ windowFrom: '2026-04-10T20:00:00.000Z', windowTo: '2026-04-10T22:00:00.000Z' });
    expect(await operations.tryMove('changes', id, 'start')).toMatchObject({
      status: 409,
      body: { code: 'change.outside-window' },
    });
    app.clock.set('2026-04-10T20:00:00.000Z');
    await operations.move('changes', id, 'start');
    await operations.move('changes', id, 'complete', { verification: 'Slots are shown.' });
    await authority.move('changes', id, 'review');
    await authority.move('changes', id, 'close-successful', { reviewSummary: 'Shown within half a second.' });
    expect(await stateOf(id)).toBe('closed_successful');
  });

  it('once backed out is closed as failed, and only with a follow-up', async () => {
    const id = await scheduled({ windowFrom: '2026-04-11T20:00:00.000Z', windowTo: '2026-04-11T22:00:00.000Z' });
    app.clock.set('2026-04-11T20:30:00.000Z');
    await operations.move('changes', id, 'start');
    await operations.move('changes', id, 'back-out', { reason: 'Wrong slots.' });
    await authority.move('changes', id, 'review');
    const review = { reviewSummary: 'The cache was cold.' };
    expect((await authority.tryMove('changes', id, 'close-successful', review)).body.code).toBe('change.backed-out');
    expect((await authority.tryMove('changes', id, 'close-backed-out', review)).body.code).toBe('change.no-follow-up');
  });

  it('leaves the schedule when its window goes by', async () => {
    const id = await scheduled({ windowFrom: '2026-04-12T20:00:00.000Z', windowTo: '2026-04-12T22:00:00.000Z' });
    app.clock.set('2026-04-12T22:00:00.000Z');
    await app.runJob('change-windows');
    expect(await stateOf(id)).toBe('authorised_deploy');
  });

  it('leaves the schedule also where another cannot be moved, which is told', async () => {
    const [broken, sound] = [
      await scheduled({ windowFrom: '2026-04-14T20:00:00.000Z', windowTo: '2026-04-14T22:00:00.000Z' }),
      await scheduled({ windowFrom: '2026-04-14T22:30:00.000Z', windowTo: '2026-04-14T23:00:00.000Z' }),
    ];
    const call = (id: string, type: string) =>
      app.database.ownerPool.query('update core.record set type = $2 where id = $1', [id, type]);
    await call(broken, 'incident');
    app.clock.set('2026-04-14T23:00:00.000Z');
    await expect(app.runJob('change-windows')).rejects.toThrow('1 of 2 could not be done');
    await call(broken, 'change');
    expect(await stateOf(sound)).toBe('authorised_deploy');
    await app.runJob('change-windows');
    expect(await stateOf(broken)).toBe('authorised_deploy');
  });

  it('is what its journal says, whatever was done to it', async () => {
    const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(differences).toEqual([]);
  });
});
