// A case is logged on what runs for somebody; by whichever door it comes to name something, that holds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Answer, Client } from '../../test/support/client.ts';
import { runningService, takenOver } from '../../test/support/service.ts';
import { agreedRequirement, castOf, charteredPackage } from '../../test/support/thread.ts';

let app: TestApplication;
let desk: Client;
let problems: Client;
let customer: string;
let running: string;
let designPackage: string;
const idle: Record<string, string> = {};
beforeAll(async () => {
  app = await createTestApplication();
  desk = await app.person('Dee Desk', ['SDK', 'INM']);
  problems = await app.person('Pru Problem', ['PRM']);
  const cast = await castOf(app, 'Quay');
  customer = cast.customer;
  const pack = await charteredPackage(cast, await agreedRequirement(cast));
  designPackage = (await cast.designer.create('design-packages', { title: 'Cranes', package: pack.id })).id;
  running = await runningService(app, { title: 'Cranes', customers: [customer] });
  for (const state of ['pipeline', 'retired'])
    idle[state] = await arranged(app, 'service', { title: `Cranes, ${state}`, customers: [customer] }, state);
});
afterAll(() => app.close());

const codes = (answer: Answer) => (answer.body.refusals ?? []).map(({ code }: { code: string }) => code);
const said = { title: 'It stands still', impact: '2', urgency: 'low' };
const log = (more: object) => desk.post('/incidents', { ...said, customers: [customer], ...more });
const logged = async (): Promise<string> => (await log({ service: running })).body.record.id;
const component = (state: string) =>
  arranged(app, 'component', { title: 'Motor', designPackage, customers: [customer] }, state);

describe('an incident', () => {
  it('is logged on a service with a live version, on one taken over, and on their components', async () => {
    const keeper = await app.person('Sara Owen', ['SOW']);
    const { id: seen } = await takenOver(keeper, { title: 'Weighbridge', customers: [customer] });
    for (const where of [
      { service: running },
      { service: seen },
      { component: await component('in_service') },
      { component: await component('deprecated') },
    ])
      expect((await log(where)).status).toBe(201);
  });

  it.each(['pipeline', 'retired'])('is not logged on a service that is %s, with the way out', async (state) => {
    const answer = await log({ service: idle[state] });
    expect([answer.status, answer.body.refusals]).toEqual([
      409,
      [
        expect.objectContaining({
          code: 'record.not-in-use',
          field: 'service',
          hint: expect.stringContaining('taken over first'),
        }),
      ],
    ]);
  });

  it.each(['planned', 'baselined', 'withdrawn'])('is not logged on a component that is %s', async (state) => {
    expect(codes(await log({ service: running, component: await component(state) }))).toEqual(['record.not-in-use']);
  });

  it('comes to name nothing else by an edit, a move, a link, at birth or later, nor by being logged again', async () => {
    const id = await logged();
    const { version } = (await desk.get(`/incidents/${id}`)).body.record;
    const service = idle['pipeline'] ?? '';
    const edit = (more: object) => desk.patch(`/incidents/${id}`, { expectedVersion: version, ...more });
    expect(codes(await edit({ service }))).toEqual(['record.not-in-use']);
    expect(codes(await edit({ component: await component('planned') }))).toEqual(['record.not-in-use']);
    const team = await arranged(app, 'team', { title: 'Yard' });
    const given = { service, impact: '2', urgency: 'low', team };
    expect(codes(await desk.tryMove('incidents', id, 'assign', given))).toEqual(['record.not-in-use']);
    expect(codes(await desk.post('/links', { type: 'affected', from: id, to: service }))).toEqual([
      'record.not-in-use',
    ]);
    expect(codes(await log({ service: running, links: [{ type: 'affected', to: service }] }))).toEqual([
      'record.not-in-use',
    ]);
    const other = await app.customer(`Pier ${id}`);
    const again = { ...said, expectedVersion: version, customer: other, service };
    expect(codes(await desk.post(`/incidents/${id}/log-again`, again))).toEqual(['record.not-in-use']);
    expect((await desk.get(`/incidents/${id}`)).body.record).toMatchObject({ version, fields: { service: running } });
  });

  it('keeps the service that it names when that is retired, and is worked on to its end', async () => {
    const service = await arranged(app, 'service', { title: 'Old crane', customers: [customer] }, 'retired');
    const id = await arranged(app, 'incident', { ...said, service, customers: [customer] });
    const { version } = (await desk.get(`/incidents/${id}`)).body.record;
    expect(
      (await desk.patch(`/incidents/${id}`, { expectedVersion: version, service, category: 'Motor' })).status,
    ).toBe(200);
    const team = await arranged(app, 'team', { title: 'Far yard' });
    await desk.move('incidents', id, 'assign', { service, impact: '2', urgency: 'low', team });
  });
});

it('a problem is of what runs, too', async () => {
  const tried = async (service: string) =>
    problems.post('/problems', { title: 'Motors fail', service, customers: [customer], source: 'judgement' });
  expect(codes(await tried(idle['pipeline'] ?? ''))).toEqual(['record.not-in-use']);
  expect((await tried(running)).status).toBe(201);
});
