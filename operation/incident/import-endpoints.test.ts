import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mappingSchema } from '../../core/import/mapping.ts';
import { startImport } from '../../core/import/run.ts';
import { findUpload, uploadSource } from '../../core/import/uploads.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { allRecounts } from '../../app/server/background.ts';

const mapping = {
  format: 1,
  source: 'old desk',
  zone: 'Europe/London',
  timeFormat: 'd/M/yyyy HH:mm',
  missing: [''],
  key: 'number',
  occurredAt: 'at',
  state: {
    column: 'state',
    values: { New: { state: 'new' }, Active: { state: 'in_progress' }, Done: { state: 'resolved' } },
  },
  title: '{number}: {what}',
  fields: { team: { column: 'group', as: 'team' }, caller: { column: 'who', as: 'customer_person' } },
};
const header = 'number,at,state,what,group,who';
const row = (number: string, hour: number, state: string) =>
  `${number},2/3/2026 0${hour}:00,${state},Printer is out,Desk,Una Moss`;
const log = [
  header,
  row('D-1', 7, 'New'),
  row('D-1', 8, 'Done'),
  row('D-2', 7, 'New'),
  row('D-2', 8, 'Active'),
  'D-3,soon,New,x,y,z',
  ...Array.from({ length: 10 }, (_, index) => row(`E-${index}`, 6, 'New')),
].join('\n');

let app: TestApplication;
let administrator: Client;
let desk: Client;
let manager: Client;
beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ann Administrator', ['ADM']);
  manager = await app.person('Cleo Manager', ['CSI', 'SOW']);
  desk = await app.person('Dee Desk', ['SDK', 'INM']);
});
afterAll(() => app.close());

const upload = async (text: string, by = administrator): Promise<Body> =>
  (await by.upload('/import-uploads?name=log.csv', Buffer.from(text))).body;
const ended = async (id: string): Promise<Body> =>
  vi.waitFor(async () => {
    const { body } = await administrator.get(`/imports/${id}`);
    expect(['reading', 'writing']).not.toContain(body.import.state);
    return body.import;
  }, 60_000);
const brought = async (text: string, by: object = {}): Promise<Body> => {
  const { id } = await upload(text);
  const { body } = await administrator.post('/imports', {
    upload: id,
    type: 'incident',
    mapping: { ...mapping, ...by },
  });
  return ended(body.import.id);
};
/** What `verify` finds once all followers caught up. */
const differences = async () => {
  await app.settle();
  expect((await manager.post('/measurement/rollups/catch-up')).status).toBeLessThan(300);
  return verified();
};
const verified = async () =>
  (
    await verify(app.database.ownerPool, app.application.registry, app.keysFolder, {
      recounts: allRecounts(),
      now: new Date(app.clock.now()).toISOString(),
    })
  ).differences;

describe('an import over HTTP', () => {
  it('is for administrators of the provider', async () => {
    const id = '01990000-0000-7000-8000-000000000001';
    const customer = await app.customer('Northwind');
    const theirs = await app.person('Cal Customer', ['CAD'], { customer });
    for (const other of [desk, theirs]) {
      expect((await upload(log, other)).code).toBe('permission.role');
      for (const [path, body] of [
        ['/import-previews', { upload: id, type: 'incident', mapping }],
        ['/imports', { upload: id, type: 'incident', mapping }],
        [`/imports/${id}/cancel`, {}],
        [`/imports/${id}/resume`, {}],
        [`/imports/${id}/take-back`, { reason: 'No.' }],
      ] as const)
        expect((await other.post(path, body)).body.code).toBe('permission.role');
      for (const path of [
        '/imports',
        `/imports/${id}`,
        `/imports/${id}/rejects`,
        `/imports/${id}/rejects.csv`,
        `/import-uploads/${id}/columns`,
      ])
        expect((await other.get(path)).body.code).toBe('permission.role');
    }
  });

  it('tells the columns of what was uploaded, with their words', async () => {
    const { id } = await upload(log);
    const { columns, rows } = (await administrator.get(`/import-uploads/${id}/columns`)).body;
    expect([rows, columns.find(({ name }: Body) => name === 'state')]).toEqual([
      15,
      { name: 'state', times: 1, words: ['New', 'Done', 'Active'], isMore: false, empty: 0 },
    ]);
  });

  it('is tried first: all faults of its mapping, or the first records that it makes', async () => {
    const { id } = await upload(log);
    const tried = async (by: object) =>
      (await administrator.post('/import-previews', { upload: id, type: 'incident', mapping: { ...mapping, ...by } }))
        .body;
    const { faults } = await tried({ title: '{nummer}', fields: { prioritty: { column: 'what' } } });
    expect(faults.map(({ code }: Body) => code)).toEqual(['import.mapping-field', 'import.columns']);
    const { records, rejects, rejected } = await tried({});
    expect(records[0]).toEqual({
      key: 'D-1',
      title: 'D-1: Printer is out',
      state: 'resolved',
      steps: 2,
      values: expect.objectContaining({ team: 'Desk', caller: 'Una Moss' }),
    });
    expect([records.length, rejected, rejects]).toEqual([
      12,
      1,
      [{ line: 6, key: 'D-3', reason: 'at is no time: "soon"' }],
    ]);
  });

  it('goes on by itself, tells what it did, and can be taken back', async () => {
    const before = (await desk.get('/incidents')).body.items.length;
    const run = await brought(log);
    expect(run).toMatchObject({
      state: 'ended',
      made: 12,
      updated: 0,
      unchanged: 0,
      rejected: 1,
      parties: 2,
      rowsRead: 15,
    });
    expect((await administrator.get(`/imports/${run.id}/rejects`)).body.items).toHaveLength(1);
    expect(String((await administrator.bytes(`/imports/${run.id}/rejects.csv`)).bytes)).toBe(
      '\ufeffline,key,reason\r\n6,"D-3","at is no time: ""soon"""\r\n',
    );
    const { items } = (await desk.get('/incidents')).body;
    expect(items).toHaveLength(before + 12);
    const [one] = items;
    expect((await desk.get(`/incidents/${one.id}/sources`)).body.items).toEqual([
      { system: 'old desk', key: expect.any(String), readAt: expect.any(String) },
    ]);
    expect(await differences()).toEqual([]);

    const back = await administrator.post(`/imports/${run.id}/take-back`, { reason: 'The wrong file.' });
    expect(back.body.import).toMatchObject({
      state: 'taken_back',
      takenBackBy: administrator.id,
      takenBackReason: 'The wrong file.',
    });
    expect((await desk.get('/incidents')).body.items).toHaveLength(before);
    expect((await desk.get(`/records/${one.id}`)).status).toBe(404);
    expect((await desk.get('/search?q=Una')).body.items).toEqual([]);
    expect(await differences()).toEqual([]);
    expect((await administrator.post(`/imports/${run.id}/take-back`, { reason: 'Again.' })).body.code).toBe(
      'import.nothing-to-take-back',
    );

    const again = await brought(log);
    expect(again).toMatchObject({ made: 12, parties: 2, unchanged: 0 });
    expect(await differences()).toEqual([]);
  });

  it('is not taken back once somebody worked on what it made, and names that', async () => {
    const run = await brought(log, { source: 'worked on' });
    const { rows } = await app.database.ownerPool.query(
      "select r.id, r.ref, r.version from core.source_key s join core.record r on r.id = s.record_id where s.system = 'worked on' and s.key = 'D-2'",
    );
    const [{ id, ref, version }] = rows;
    expect((await desk.patch(`/incidents/${id}`, { expectedVersion: version, category: 'Print' })).status).toBe(200);
    const { body } = await administrator.post(`/imports/${run.id}/take-back`, { reason: 'The wrong file.' });
    expect([body.code, body.detail]).toEqual([
      'import.worked-on',
      expect.stringContaining(`1 of 12 were worked on since, or stand in others' records: ${ref}.`),
    ]);
    expect((await desk.get(`/incidents/${id}`)).status).toBe(200);
  });

  const many = (incidents: number): string =>
    [
      header,
      ...Array.from({ length: incidents }, (_, index) => row(`M-${String(index).padStart(5, '0')}`, 6, 'New')),
    ].join('\n');

  it('is cancelled between batches; what stands by then stays, and the rest comes with another', async () => {
    const { id } = await upload(many(6000));
    const wanted = { upload: id, type: 'incident', mapping: { ...mapping, source: 'cancelled' } };
    const { body } = await administrator.post('/imports', wanted);
    const { id: run } = body.import;
    expect(
      (await administrator.post('/imports', { ...wanted, mapping: { ...wanted.mapping, title: '{what}' } })).body.code,
    ).toBe('import.running');
    await vi.waitFor(
      async () => expect((await administrator.get(`/imports/${run}`)).body.import.made).toBeGreaterThan(0),
      60_000,
    );
    expect((await administrator.post(`/imports/${run}/cancel`)).status).toBe(202);
    const { made, state } = await ended(run);
    expect([state, made < 6000]).toEqual(['cancelled', true]);
    expect((await administrator.post(`/imports/${run}/cancel`)).body.code).toBe('import.over');
    expect((await administrator.post(`/imports/${run}/resume`)).body.code).toBe('import.not-broken-off');
    const again = await administrator.post('/imports', wanted);
    expect(await ended(again.body.import.id)).toMatchObject({ state: 'ended', made: 6000 - made, unchanged: made });
    expect((await administrator.post(`/imports/${run}/take-back`, { reason: 'The first half of it.' })).status).toBe(
      200,
    );
  }, 60_000);

  it('that was broken off with its server says so, and goes on where it stopped', async () => {
    const { id } = await upload(many(5000));
    const kept = await findUpload(app.application.pool, app.providerId, id);
    const stopping = new AbortController();
    const { run, result } = await startImport({
      application: app.application,
      caller: { principal: systemPrincipal(app.providerId, 'import', null), channel: 'import', requestId: 'test' },
      source: uploadSource(
        app.application.pool,
        app.providerId,
        kept ?? { id, name: '', bytes: 0, hash: '', uploadedAt: '' },
      ),
      upload: id,
      type: 'incident',
      mapping: mappingSchema.parse({ ...mapping, source: 'broken off' }),
      given: {},
      customer: null,
      isDry: false,
      signal: stopping.signal,
      progress: ({ state }) => {
        if (state === 'writing') stopping.abort();
      },
    });
    await expect(result).rejects.toThrow('aborted');
    const broken = (await administrator.get(`/imports/${run}`)).body.import;
    expect(broken).toMatchObject({ state: 'broken_off', mayResume: true });
    expect([broken.made > 0, broken.made < 5000]).toEqual([true, true]);
    expect((await administrator.post(`/imports/${run}/resume`)).status).toBe(202);
    expect(await ended(String(run))).toMatchObject({ state: 'ended', made: 5000, unchanged: 0, records: 5000 });
    expect(await differences()).toEqual([]);
  }, 60_000);

  it('tells the steps that the lifecycle does not know of all its batches', async () => {
    const rows = Array.from({ length: 1100 }, (_, index) => `D-${String(index).padStart(5, '0')}`).flatMap((key) => [
      row(key, 6, 'New'),
      row(key, 7, 'Done'),
    ]);
    const run = await brought([header, ...rows].join('\n'), { source: 'deviates' });
    expect([run.state, run.records, run.deviations]).toEqual(['ended', 1100, { 'new → resolved': 1100 }]);
  });

  it('that was refused while its file was read says why', async () => {
    const { faults, state } = await brought(log.replace('Printer', '"Printer'));
    expect([state, faults[0].code]).toEqual(['refused', 'import.unreadable']);
  });
});
