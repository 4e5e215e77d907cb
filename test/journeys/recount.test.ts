// Facts and figures computed anew: the same as those kept day by day, and what was planted among them is found.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRecounts } from '../../app/server/background.ts';
import { logOf } from '../../examples/harbour/log.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { playedExample } from '../support/played.ts';
import type { Played } from '../support/played.ts';
import { takenOver } from '../support/service.ts';

let app: TestApplication;
let played: Played;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-recount-'));

const settled = async () => {
  await app.settle();
  await app.runJob('measurement-rollup');
};
const differences = async () =>
  (
    await verify(app.database.ownerPool, app.application.registry, app.keysFolder, {
      recounts: allRecounts(),
      now: new Date(app.clock.now()).toISOString(),
    })
  ).differences;

beforeAll(async () => {
  app = await createTestApplication({ startAt: new Date().toISOString() });
  played = await playedExample(app, logOf(undefined, folder));
  await settled();
}, 240_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

describe('facts and figures', () => {
  it('are the same when they are computed anew, and stand as before afterwards', async () => {
    const count = async () =>
      (await app.database.ownerPool.query('select count(*)::int as n from improvement.rollup')).rows[0].n;
    const before = await count();
    expect(before).toBeGreaterThan(100);
    expect(await differences()).toEqual([]);
    expect(await count()).toBe(before);
  });

  it('are the same where a case went from one service to another after its moves were counted', async () => {
    const desk = await played.as('Dee Kaur');
    const { id: service, customers } = (await desk.get('/services/SVC-1')).body.record;
    const owner = await played.as('Sara Owen');
    const { id: other } = await takenOver(owner, { title: 'Stock figures', customers });
    const { id } = await desk.create('incidents', { title: 'Slow', customers, service });
    const team = (await desk.get('/teams?limit=1')).body.items[0].id;
    await desk.move('incidents', id, 'assign', { service, impact: '3', urgency: 'medium', team });
    await settled();
    const { version } = (await desk.get(`/incidents/${id}`)).body.record;
    expect((await desk.patch(`/incidents/${id}`, { expectedVersion: version, service: other })).status).toBe(200);
    await desk.move('incidents', id, 'start-work', { assignee: desk.id });
    await settled();
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['a figure', "update improvement.rollup set value = value + 1 where metric = 'SF-4' and grain = 'month'", 'SF-4'],
    ['a figure taken out', "delete from improvement.rollup where metric = 'SF-4' and grain = 'month'", 'SF-4'],
    [
      'a measured fact',
      'update core.case_fact set worked_minutes = 1 where record_id = (select min(record_id::text)::uuid from core.case_fact where ended_at is not null)',
      'measured fact',
    ],
    [
      'a count of a service',
      'update handover.service_summary set open_incidents = open_incidents + 1',
      'count of its incidents',
    ],
    ['a live interval', "update handover.live_interval set from_at = from_at - interval '1 day'", 'live'],
    ['a promise of a package', 'update handover.package_summary set funding_minor = 1', 'summary of its promises'],
    [
      'an agreement in force',
      'update handover.agreement_in_force set definition = definition || \'{"availabilityPercent": 1}\'',
      'version in force',
    ],
    [
      'a zone of days, so that none can be read',
      "update improvement.zone set zone = 'Europe/Nowhere'",
      'computed anew',
    ],
    [
      'the day of an incident',
      'update improvement.incident_day set opened_day = opened_day + 400 where record_id = (select min(record_id::text)::uuid from improvement.incident_day)',
      'the day of an incident',
    ],
    [
      'what was counted of an incident',
      'update operation.counted_incident set open = not open',
      'what was counted of it',
    ],
    [
      'the wait of a decision',
      'update improvement.gate_wait set waited_days = waited_days + 1',
      'the wait of a decision',
    ],
    ['an attainment', 'delete from improvement.attained', 'the attainment of a measurement'],
    ['the end of an agreement', 'update handover.agreement_in_force set to_at = now()', 'end of a version in force'],
  ])('show a verification that somebody touched %s', async (_what, damage, told) => {
    const client = await app.database.ownerPool.connect();
    const tables = [
      'improvement.rollup',
      'improvement.zone',
      'improvement.incident_day',
      'improvement.gate_wait',
      'improvement.attained',
      'operation.counted_incident',
      'core.case_fact',
      'handover.service_summary',
      'handover.live_interval',
      'handover.package_summary',
      'handover.agreement_in_force',
    ];
    try {
      for (const table of tables)
        await client.query(`create table if not exists ${table}_kept as select * from ${table}`);
      await client.query(damage);
      expect((await differences()).map(({ what, record }) => `${record} ${what}`).join('\n')).toContain(told);
    } finally {
      for (const table of tables) {
        const { rows } = await client.query(
          `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
           where table_schema || '.' || table_name = $1 and is_generated = 'NEVER'`,
          [table],
        );
        await client.query(`delete from ${table}`);
        await client.query(`insert into ${table} (${rows[0].columns}) select ${rows[0].columns} from ${table}_kept`);
        await client.query(`drop table ${table}_kept`);
      }
      client.release();
    }
    expect(await differences()).toEqual([]);
  });
});
