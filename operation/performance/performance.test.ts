import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { liveService } from '../../test/support/live.ts';
import type { Live } from '../../test/support/live.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { castOf } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let live: Live;
let operations: Client;
let desk: Client;
let improver: Client;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  live = await liveService(app, cast);
  operations = await app.person('Ola Operations', ['OPS']);
  desk = await app.person('Dee Desk', ['SDK', 'INM']);
  improver = await app.person('Ina Improver', ['CSI']);
});
afterAll(() => app.close());

const path = 'service-performances';
async function logged(at: string, restoredAt?: string): Promise<void> {
  app.clock.set(at);
  const given = { impact: '3', urgency: 'medium', service: live.service };
  const { id } = await desk.create('incidents', { title: 'No slots', customers: [cast.customer], ...given });
  if (!restoredAt) return;
  const team = await app.person(`Team of ${id}`, ['SDK']);
  await desk.move('incidents', id, 'assign', { ...given, team: (await teamOf(id)).id });
  await desk.move('incidents', id, 'start-work', { assignee: team.id });
  app.clock.set(restoredAt);
  await desk.move('incidents', id, 'resolve', {
    resolutionCode: 'workaround',
    resolution: 'Restarted.',
    serviceRestoredAt: restoredAt,
  });
}
async function cancelled(at: string): Promise<void> {
  app.clock.set(at);
  const given = { title: 'A test call', customers: [cast.customer], service: live.service };
  const { id } = await desk.create('incidents', { ...given, impact: '3', urgency: 'medium' });
  await desk.move('incidents', id, 'cancel', { reason: 'Raised in error.' });
}
const teamOf = async (title: string) =>
  (await app.person('Ada Min', ['ADM'])).create('teams', { title: `Team ${title}` });

async function told(now: string): Promise<Body[]> {
  app.clock.set(now);
  await app.settle();
  await app.runJob('operation-performance');
  const { items } = (await operations.get(`/${path}?subject=${live.service}&limit=50`)).body;
  const read = await Promise.all(items.map(({ id }: Body) => operations.get(`/${path}/${id}`)));
  return read
    .map(({ body }) => body.record)
    .toSorted((one: Body, other: Body) => one.ref.localeCompare(other.ref, 'en', { numeric: true }));
}

describe('the performance of a service', () => {
  it('is handed over month by month once a month is over, with its figures', async () => {
    await logged('2026-04-10T09:00:00Z', '2026-04-10T11:00:00Z');
    await logged('2026-04-20T09:00:00Z');
    await cancelled('2026-04-21T09:00:00Z');
    const months = await told('2026-05-02T09:00:00Z');
    expect(months.map(({ fields }) => [fields.periodFrom, fields.periodTo, fields.edition])).toEqual([
      ['2026-03-01', '2026-03-31', 1],
      ['2026-04-01', '2026-04-30', 1],
    ]);
    expect(months[1].fields).toMatchObject({
      forCustomer: cast.customer,
      logged: 3,
      restored: 1,
      openAtEnd: 1,
      targetMet: 0,
      targetMissed: 0,
      notMeasurable: 1,
      medianRestoreMinutes: null,
    });
    expect(await told('2026-05-02T10:00:00Z')).toHaveLength(2);
  });

  it('is told anew with late data, and what was told stays', async () => {
    await app.database.ownerPool.query(
      "update core.case_fact set opened_at = '2026-04-28T09:00:00Z' where service_id = $1 and ended_at is null",
      [live.service],
    );
    await app.database.ownerPool.query('update core.case_fact set reassignments = 2 where service_id = $1', [
      live.service,
    ]);
    const [, first, second] = await told('2026-05-03T09:00:00Z');
    expect([first.state, first.fields.edition, first.fields.handedOverTwice]).toEqual(['withdrawn', 1, 0]);
    expect([second.state, second.fields.edition, second.fields.handedOverTwice]).toEqual(['offered', 2, 1]);
  });

  it('is accepted by Improvement alone, or by taking up an improvement of the service', async () => {
    const [march] = await told('2026-05-03T10:00:00Z');
    expect((await operations.tryMove(path, march.id, 'accept')).status).toBe(403);
    await improver.move(path, march.id, 'accept');
    const { id } = await improver.create('improvements', {
      title: 'Faster',
      description: 'It is slow.',
      originStage: 'operation',
      service: live.service,
    });
    await improver.move('improvements', id, 'analyse');
    expect((await told('2026-05-03T11:00:00Z')).map(({ state }) => state)).toEqual([
      'accepted',
      'withdrawn',
      'accepted',
    ]);
  });

  it('is seen by its own customer, and told at once by Operation alone', async () => {
    const { owner: stranger } = await castOf(app, 'Another customer');
    expect((await cast.owner.get(`/${path}?subject=${live.service}`)).body.items).toHaveLength(3);
    expect((await stranger.get(`/${path}`)).body.items).toEqual([]);
    expect((await improver.post(`/services/${live.service}/performances`)).status).toBe(403);
    app.clock.set('2026-07-02T09:00:00Z');
    expect((await operations.post(`/services/${live.service}/performances`)).body).toEqual({ told: 2 });
    expect((await operations.get(`/${path}?subject=${live.service}`)).body.items).toHaveLength(5);
  });

  it('speaks of the same days as every figure, also where an agreement of another zone came after the first case', async () => {
    live = await liveService(app, cast);
    const { ownerPool } = app.database;
    const figures = async () => {
      await app.settle();
      await improver.post('/measurement/rollups/catch-up');
      const { rows } = await ownerPool.query(
        `select to_char(day, 'YYYY-MM') as month, n from improvement.rollup
         where service_id = $1 and customer_id = $2 and metric = 'PE-5' and grain = 'month' order by day`,
        [live.service, cast.customer],
      );
      return rows.map(({ month, n }) => [month, n]);
    };
    // The last evening of a month in London is the first morning of the next in Tokyo.
    await logged('2026-09-30T19:00:00Z', '2026-09-30T20:00:00Z');
    expect(await figures()).toEqual([['2026-09', 1]]);
    await ownerPool.query(
      `insert into handover.agreement_in_force (provider_id, agreement_id, version, service_id, customer_id, from_at, to_at, definition, content_hash)
       values ($1, gen_random_uuid(), 1, $2, $3, '2026-10-01T09:00:00Z', null,
         '{"calendar": {"zone": "Asia/Tokyo", "versions": [], "exceptions": []}, "targets": {}, "pauseReasons": [], "reopen": "new_cycle", "availabilityPercent": null}', '')`,
      [app.providerId, live.service, cast.customer],
    );
    await logged('2026-10-31T19:00:00Z', '2026-10-31T20:00:00Z');
    const months = (await told('2026-12-02T09:00:00Z')).flatMap(({ fields }) =>
      fields.restored ? [[fields.periodFrom.slice(0, 7), fields.restored]] : [],
    );
    expect(months).toEqual([
      ['2026-09', 1],
      ['2026-10', 1],
    ]);
    expect(await figures()).toEqual(months);
  });
});
