// Files that other products stumbled over, each with the value that is right. They lie beside the project, not in it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../examples/harbour/log.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import { fileSource } from '../../core/import/source.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { playedExample } from '../support/played.ts';
import type { Played } from '../support/played.ts';

const root = join(import.meta.dirname, '../..');
const cases = [
  process.env['SERVICEWRIGHT_CASES'],
  join(root, '../shared/cases'),
  join(root, '../../shared/cases'),
].find((path) => path !== undefined && existsSync(path));
const folderOf = (number: string): string | undefined => {
  const name = cases ? readdirSync(cases).find((each) => each.startsWith(`${number}-`)) : undefined;
  return name && cases ? join(cases, name) : undefined;
};
const isThere = (number: string): boolean => folderOf(number) !== undefined;
const skipped = cases
  ? ''
  : ' (skipped: the cases lie in ../shared/cases, or where SERVICEWRIGHT_CASES says, and are not there)';

let app: TestApplication;
let played: Played;
let desk: Client;
let manager: Client;
let service: string;
let customer: string;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-cases-'));

const one = async (sql: string, values: unknown[] = []): Promise<Body> =>
  (await app.database.ownerPool.query(sql, values)).rows[0];
const idOf = async (type: string, number = 1): Promise<string> =>
  (
    await one('select id from core.record where provider_id = $1 and type = $2 and number = $3', [
      played.providerId,
      type,
      number,
    ])
  ).id;
const moveClock = (at: string) =>
  app.database.ownerPool.query('update core.provider set scenario_now = $2 where id = $1', [played.providerId, at]);

beforeAll(async () => {
  if (!cases) return;
  app = await createTestApplication({ startAt: new Date().toISOString() });
  played = await playedExample(app, logOf(undefined, folder));
  desk = await played.as('Dee Kaur');
  manager = await played.as('Cleo Sinclair');
  [service, customer] = [await idOf('service'), await idOf('customer')];
});
afterAll(async () => {
  if (cases) await app.close();
  rmSync(folder, { recursive: true });
});

interface Brought {
  file?: string;
  mapping?: string;
  to?: string;
}

async function bring(number: string, { file = 'log.csv', mapping = 'mapping.json', to = customer }: Brought = {}) {
  const path = folderOf(number) ?? '';
  const { scenario_now: now } = await one('select scenario_now from core.provider where id = $1', [played.providerId]);
  const result = await importRecords({
    application: { ...app.application, clock: Date.now },
    caller: { principal: systemPrincipal(played.providerId, 'import', now), channel: 'import', requestId: number },
    source: fileSource(join(path, file)),
    type: 'incident',
    mapping: mappingSchema.parse(JSON.parse(readFileSync(join(path, mapping), 'utf8'))),
    given: { service },
    customer: to,
    isDry: false,
    rejected: ({ line, reason }) => {
      throw new Error(`line ${line}: ${reason}`);
    },
  });
  await app.settle();
  return result;
}

const incident = (key: string): Promise<Body> =>
  one(
    'select i.*, r.version from operation.incident i join core.record r on r.provider_id = i.provider_id and r.id = i.id where i.provider_id = $1 and i.source_key = $2',
    [played.providerId, key],
  );
const measured = async (key: string): Promise<Body> => {
  const {
    worked_minutes: restore,
    target_minutes: target,
    waited_minutes: waited,
    reopens,
  } = await one(
    'select f.* from core.case_fact f join operation.incident i on i.id = f.record_id where i.source_key = $1',
    [key],
  );
  return { restore, target, waited, reopens };
};

describe(`a case of others${skipped}`, () => {
  it.skipIf(!isThere('06'))('06: rows of the hour that comes twice stand in the order of the source', async () => {
    await bring('06');
    const { state, resolved_at: resolvedAt } = await incident('C6-900');
    expect([state, new Date(resolvedAt).toISOString()]).toEqual(['resolved', '2015-10-25T01:10:00.000Z']);
  });

  it.skipIf(!isThere('12'))('12: the time between a resolution and the reopening is not counted', async () => {
    await bring('12');
    expect(await measured('C12-001')).toEqual({ restore: 120, target: 1440, waited: 0, reopens: 1 });
    expect(await measured('C12-002')).toEqual({ restore: 120, target: 1440, waited: 0, reopens: 0 });
  });

  it.skipIf(!isThere('13'))('13: a wait that changes its reason ends what the first one paused', async () => {
    await bring('13');
    for (const key of ['C13-001', 'C13-003']) expect(await measured(key)).toMatchObject({ restore: 840, waited: 60 });
  });

  it.skipIf(!isThere('14'))('14: each incident is measured by the agreement that was in force at it', async () => {
    await bring('14');
    await bring('14', { file: 'without-the-old-one.csv' });
    expect(await measured('C14-001')).toMatchObject({ restore: null, target: null });
    for (const key of ['C14-002', 'C14-003']) expect(await measured(key)).toMatchObject({ restore: 60, target: 1440 });
  });

  it.skipIf(!isThere('15'))('15: an agent who calls once stays on the side of the provider', async () => {
    await bring('15');
    const { assignee } = await incident('C15-002');
    const agent = await one(
      'select r.title, r.customers, p.customer from core.record r join core.person p on p.id = r.id where r.id = $1',
      [assignee],
    );
    expect(agent).toEqual({ title: 'Sam Lee', customers: [], customer: null });
  });

  it.skipIf(!isThere('16'))('16: months are those of the zone of the customer they are for', async () => {
    const administrator = await played.as('Ada Falk');
    const other: string = (
      await administrator.create('customers', { title: 'Far East', relationship: 'external', zone: 'Asia/Tokyo' })
    ).id;
    await app.database.ownerPool.query(
      `insert into handover.agreement_in_force (provider_id, agreement_id, version, service_id, customer_id, from_at, to_at, definition, content_hash)
       select provider_id, gen_random_uuid(), 1, service_id, $2, from_at, null, jsonb_set(definition, '{calendar,zone}', '"Asia/Tokyo"'), content_hash from handover.agreement_in_force where service_id = $1`,
      [service, other],
    );
    await bring('16', { to: other });
    await manager.post('/measurement/rollups/catch-up');
    const { points } = (
      await manager.get(`/measurement/metrics/PE-5/series?service=${service}&customer=${other}&grain=month`)
    ).body;
    const days = (
      await one(
        "select array_agg(distinct day::text) as days from improvement.rollup where customer_id = $1 and metric = 'PE-5' and grain = 'day' and service_id = $2",
        [other, service],
      )
    ).days;
    expect([days, points.map(({ at, n }: Body) => [at.slice(0, 7), n])]).toEqual([['2016-05-01'], [['2016-05', 8]]]);
  });

  it.skipIf(!isThere('19'))('19: an open case that is taken over goes on as it was observed', async () => {
    await bring('19');
    await bring('19', { file: 'priority-only.csv', mapping: 'mapping-priority-only.json' });
    await moveClock('2016-07-18T14:12:00.000Z');
    const edit = async (key: string, values: object) => {
      const { id, version } = await incident(key);
      return desk.patch(`/incidents/${id}`, { expectedVersion: version, ...values });
    };
    expect((await edit('C19-001', { category: 'Network' })).status).toBe(200);
    const { items } = (await desk.get(`/incidents/${(await incident('C19-001')).id}/clocks`)).body;
    const shown = items.map(({ kind, state, stoppedAt, elapsedBusinessMinutes, breachedAt }: Body) => [
      kind,
      state,
      stoppedAt,
      elapsedBusinessMinutes,
      breachedAt,
    ]);
    expect(shown).toEqual([
      ['response', 'met', '2016-07-15T12:20:00.000Z', 20, null],
      ['restore', 'running', null, 192, null],
    ]);
    for (const key of ['C19-003', 'C19-101']) expect((await edit(key, { category: 'Network' })).status).toBe(200);
    for (const [key, priority] of [
      ['C19-002', 'P2'],
      ['C19-102', 'P3'],
    ] as const) {
      await desk.move('incidents', (await incident(key)).id, 'close');
      expect(await incident(key)).toMatchObject({ state: 'closed', priority });
    }
  });

  it.skipIf(!isThere('19'))('19: nobody who was never asked is said not to have answered', async () => {
    const resolved = async () =>
      (
        await one("select count(*)::int as n from operation.incident where provider_id = $1 and state = 'resolved'", [
          played.providerId,
        ])
      ).n;
    const before = await resolved();
    expect(before).toBeGreaterThan(0);
    await moveClock('2016-09-01T12:00:00.000Z');
    await app.runJob('moves-by-themselves');
    expect(await resolved()).toBe(before);
  });
});
