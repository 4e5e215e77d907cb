// A service comes with the package of an agreed requirement, or is taken over as it runs, until the business has decided.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { moveAsSystem } from '../../core/record/edit/move-as-system.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Answer, Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';
import { agreedRequirement, castOf, draftedPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let keeper: Client;
let desk: Client;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  keeper = await app.person('Sara Owen', ['SOW']);
  desk = await app.person('Dan Desk', ['SDK']);
});
afterAll(() => app.close());

const today = () => new Date(app.clock.now()).toISOString().slice(0, 10);
const codes = (answer: Answer) => (answer.body.refusals ?? []).map(({ code }: { code: string }) => code);
const read = async (id: string): Promise<Body> => (await keeper.get(`/services/${id}`)).body.record;
const made = () => takenOver(keeper, { title: 'Weighbridge', customers: [cast.customer] });
const told = async (id: string): Promise<Body[]> =>
  (await keeper.get('/orphans?limit=200')).body.items.filter((each: Body) => each.of.id === id);

async function bySystem(type: string, id: string, moves: readonly string[]): Promise<void> {
  for (const move of moves) {
    const outcome = await moveAsSystem(app.application, {
      providerId: app.providerId,
      type,
      id,
      move,
      reason: 'Test.',
    });
    if (!outcome.ok) throw new Error(`${move}: ${outcome.refusals.map(({ sentence }) => sentence).join(' ')}`);
  }
}

/** A package for the service, agreed and funded by the business. */
async function agreedFor(service: string): Promise<Body> {
  const pack = await draftedPackage(cast, await agreedRequirement(cast), { service });
  await cast.portfolio.move('service-packages', pack.id, 'submit');
  await cast.portfolio.decide('P1', pack.id);
  await cast.sponsor.decide('G2', pack.id);
  return (await keeper.get(`/service-packages/${pack.id}`)).body.record;
}

describe('a service', () => {
  it('is taken over by nobody of the business or of the desk', async () => {
    for (const other of [cast.owner, desk])
      expect(await other.post('/services', { title: 'Mine', customers: [cast.customer] })).toMatchObject({
        status: 403,
        body: { refusals: [{ code: 'permission.role' }] },
      });
  });

  it('is not made from nothing: owner, customer and the day of the decision are named', async () => {
    const bare = await keeper.post('/services', { title: 'Nobody asked for it' });
    expect([bare.status, codes(bare)]).toEqual([409, ['service.no-customer', 'service.no-day']]);
    const tried = async (more: object) =>
      codes(
        await keeper.post('/services', { title: 'X', customers: [cast.customer], decideBy: '2026-06-01', ...more }),
      );
    expect(await tried({ owner: null })).toEqual(['service.no-owner']);
    expect(await tried({ decideBy: today() })).toEqual(['service.day-over']);
    expect(await tried({ decideBy: '2026-09-02' })).toEqual(['service.day-too-far']);
    expect(await tried({ decideBy: '2026-09-01' })).toEqual([]);
  });

  it('comes with a package without any of that, and no day is set on it afterwards', async () => {
    const pack = await draftedPackage(cast, await agreedRequirement(cast));
    const service = await read(pack.fields.service);
    expect([service.state, service.fields.decideBy, service.fields.takenOverAt]).toEqual(['pipeline', null, null]);
    const edited = await keeper.patch(`/services/${service.id}`, {
      expectedVersion: service.version,
      decideBy: '2026-04-01',
    });
    expect(codes(edited)).toEqual(['service.not-taken-over']);
  });
});

describe('what is taken over as it runs', () => {
  it('stands in the report and in its thread with the day, and by name when that is over', async () => {
    const { id, ref, fields } = await made();
    const [broken] = await told(id);
    expect(broken).toMatchObject({
      code: 'thread.no-requirement',
      sentence: `No agreed requirement leads to ${ref} yet, which was taken over as it runs; to be decided by ${fields.decideBy}.`,
    });
    const thread = (await cast.owner.get(`/records/${id}/thread`)).body;
    expect([thread.complete, thread.nodes[0].broken[0].code]).toEqual([false, 'thread.no-requirement']);
    const before = new Date(app.clock.now()).toISOString();
    app.clock.set(`${fields.decideBy}T23:59:59.000Z`);
    expect((await told(id))[0]?.sentence).not.toContain('overdue');
    app.clock.advance(1000);
    expect((await told(id))[0]?.sentence).toContain(`it is overdue: it was to be decided by ${fields.decideBy}`);
    app.clock.set(before);
  });

  it('works: cases are logged on it, by an agreement, and no value is measured', async () => {
    const { id } = await made();
    const levels = await app.person('Lev Levels', ['SLM', 'PMA']);
    const agreement = await levels.create('agreements', {
      title: 'Weighbridge, agreed',
      service: id,
      customer: cast.customer,
      customers: [cast.customer],
      calendar: ukOffice,
      targets: [{ priority: 'P2', restoreMinutes: 480 }],
      effectiveFrom: '2026-03-01T00:00:00.000Z',
    });
    await levels.move('agreements', agreement.id, 'negotiate');
    await levels.move('agreements', agreement.id, 'sign-provider');
    await cast.representative.move('agreements', agreement.id, 'sign-customer');
    await levels.move('agreements', agreement.id, 'put-in-force');
    const incident = await desk.create('incidents', {
      title: 'It shows nothing',
      service: id,
      customers: [cast.customer],
    });
    const given = { service: id, impact: '2', urgency: 'medium', team: (await team()).id };
    await desk.move('incidents', incident.id, 'assign', given);
    const clocks = (await desk.get(`/incidents/${incident.id}/clocks`)).body.items;
    expect(clocks.map(({ kind, targetMinutes }: Body) => [kind, targetMinutes])).toContainEqual(['restore', 480]);
    const { outcome } = await agreedRequirement(cast);
    const measured = await cast.owner.post('/outcome-measurements', {
      title: 'Feb',
      outcome,
      periodFrom: '2026-02-01',
      periodTo: '2026-02-28',
      value: 3,
      grade: 'B',
      source: 'Order system',
    });
    expect(codes(measured)).toContain('value.not-live');
  });

  it('has an owner and its day until the business has decided; the business alone puts it off, with a reason', async () => {
    const { id, version } = await made();
    const edit = (more: object) => keeper.patch(`/services/${id}`, { expectedVersion: version, ...more });
    expect(codes(await edit({ owner: null }))).toEqual(['service.no-owner']);
    const moved = await edit({ decideBy: '2026-08-01' });
    expect([codes(moved), moved.body.refusals[0].hint]).toEqual([
      ['record.fixed-field'],
      'It is altered by "Decide later" alone.',
    ]);
    const later = { decideBy: '2026-08-01', reason: 'The board sits in July.' };
    expect(codes(await keeper.tryMove('services', id, 'put-off', later))).toEqual(['permission.role']);
    expect(codes(await cast.owner.tryMove('services', id, 'put-off', { decideBy: '2027-08-01', reason: 'x' }))).toEqual(
      ['service.day-too-far'],
    );
    await cast.owner.move('services', id, 'put-off', later);
    expect((await read(id)).fields.decideBy).toBe('2026-08-01');
  });

  it('loses its mark by itself when a package for it is agreed, and has it again when that is taken back', async () => {
    const { id } = await made();
    const pack = await agreedFor(id);
    expect([(await read(id)).state, await told(id)]).toEqual(['taken_over', []]);
    await cast.sponsor.decide('G2', pack.id, { outcome: 'withdraw', reason: 'The budget went.' });
    expect([(await read(id)).state, (await told(id)).map(({ code }) => code)]).toEqual([
      'undecided',
      ['thread.no-requirement'],
    ]);
  });

  it('runs on while its first version comes, and runs as before where that is backed out', async () => {
    const { id } = await made();
    const { serviceVersion: version } = (await agreedFor(id)).fields;
    await bySystem('service-version', version, ['charter', 'accept-design', 'develop', 'build', 'test', 'release']);
    expect((await read(id)).state).toBe('taken_over');
    await bySystem('service-version', version, ['go-live']);
    expect((await read(id)).state).toBe('catalogue');
    await bySystem('service-version', version, ['back-out']);
    expect((await read(id)).state).toBe('taken_over');
  });

  it('is let go by no customer for another', async () => {
    const other = await app.customer('Kestrel');
    const { id } = await takenOver(keeper, { title: 'Crane', customers: [cast.customer, other] });
    const unwanted = { reason: 'The port has one of its own.' };
    expect(codes(await cast.owner.tryMove('services', id, 'decline', unwanted))).toEqual(['service.of-others']);
  });

  it('is let go by the business alone, once nobody works by it', async () => {
    const { id } = await made();
    const unwanted = { reason: 'The port has one of its own.' };
    expect(codes(await keeper.tryMove('services', id, 'decline', unwanted))).toEqual(['permission.role']);
    const incident = await desk.create('incidents', { title: 'Dark', service: id, customers: [cast.customer] });
    await app.settle();
    expect(codes(await cast.owner.tryMove('services', id, 'decline', unwanted))).toEqual(['service.incidents-open']);
    await desk.move('incidents', incident.id, 'cancel', unwanted);
    await app.settle();
    await cast.owner.move('services', id, 'decline', unwanted);
    expect([(await read(id)).state, await told(id)]).toEqual(['retired', []]);
  });
});

const team = () =>
  app.person('Ada Min', ['ADM']).then((administrator) => administrator.create('teams', { title: 'Yard' }));
