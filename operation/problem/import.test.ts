// Problems come in by the importer that incidents use: what is theirs is their record, their lifecycle and when they were resolved.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRecounts } from '../../app/server/background.ts';
import { workweek } from '../../core/clock/example-calendars.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { refusable } from '../../core/refusal/refusal.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

const right = {
  format: 1,
  source: 'old problems',
  zone: 'UTC',
  timeFormat: 'iso',
  missing: [''],
  key: 'Ref',
  occurredAt: 'Changed',
  state: {
    column: 'Phase',
    values: {
      Found: { state: 'detected', source: 'judgement' },
      Looking: { state: 'investigating' },
      Known: { state: 'root_cause_known' },
      Fixed: { state: 'resolved' },
      Over: { state: 'closed' },
    },
  },
  title: '{What}',
  fields: {
    category: { column: 'Kind' },
    assignee: { column: 'Who', as: 'provider_person', key: 'Who id' },
    description: { column: 'Text' },
    reviewAt: { column: 'Review', as: 'date' },
    component: { column: 'Part', as: 'component' },
  },
};
const header = 'Ref,Changed,Phase,What,Kind,Who,Who id,Text,Review,Part';

async function bring(rows: readonly string[], { type = 'problem', by = {} }: { type?: string; by?: object } = {}) {
  const bytes = Buffer.from([header, ...rows].join('\n'));
  return refusable(async () =>
    importRecords({
      application: app.application,
      caller: { principal: systemPrincipal(app.providerId, 'import', null), channel: 'import', requestId: 'test' },
      source: {
        name: 'problems.csv',
        size: bytes.length,
        open: async function* () {
          yield bytes;
        },
      },
      type,
      mapping: mappingSchema.parse({ ...right, ...by }),
      given: {},
      customer: null,
      isDry: false,
    }),
  );
}

describe('problems of another system', () => {
  it('are found by their key, with their own fields and states, and are measured', async () => {
    const outcome = await bring([
      'P1,2026-01-05,Found,Tills freeze,Till,,,They freeze at noon.,,Till software',
      'P1,2026-01-06,Looking,Tills freeze,Till,Ada Ro,aro,They freeze at noon.,,Till software',
      'P1,2026-01-09,Known,Tills freeze,Till,Ada Ro,aro,They freeze at noon.,2026-09-01,Till software',
      'P1,2026-01-12,Fixed,Tills freeze,Till,Ada Ro,aro,They freeze at noon.,2026-09-01,Till software',
      'P2,2026-01-07,Found,Scanner warms,Scanner,,,,,',
    ]);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        made: 2,
        parties: 2,
        unreadable: 0,
        deviations: { 'detected → investigating': 1, 'root cause known → resolved': 1 },
      },
    });
    const manager = await app.person('Pat Manager', ['PRM']);
    const { items } = (await manager.get('/problems')).body;
    const id = items.find(({ title }: { title: string }) => title === 'Tills freeze').id;
    const { record } = (await manager.get(`/problems/${id}`)).body;
    expect((await manager.get('/search?q=P1')).body.items.map((each: { id: string }) => each.id)).toEqual([id]);
    expect(record).toMatchObject({
      state: 'resolved',
      fields: {
        category: 'Till',
        source: 'judgement',
        description: 'They freeze at noon.',
        reviewAt: '2026-09-01',
        loggedAt: '2026-01-06T00:00:00.000Z',
        resolvedAt: '2026-01-12T00:00:00.000Z',
      },
    });
    expect((await manager.get(`/problems/${id}/sources`)).body.items).toEqual([
      { system: 'old problems', key: 'P1', readAt: expect.any(String) },
    ]);
    expect((await manager.get(`/components/${record.fields.component}/sources`)).body.items).toMatchObject([
      { key: 'Till software' },
    ]);
    const { rows } = await app.database.ownerPool.query(
      'select state, ended_at, entries from core.case_fact where record_id = $1',
      [id],
    );
    expect(rows).toEqual([{ state: 'resolved', ended_at: '2026-01-12T00:00:00.000Z', entries: 4 }]);
  });

  it('are brought up to date, and what is their own is undone where they come again', async () => {
    expect(
      await bring(['P1,2026-02-02,Looking,Tills freeze,Till,Ada Ro,aro,They freeze at noon.,2026-09-01,Till software']),
    ).toMatchObject({ ok: true, value: { updated: 1, made: 0 } });
    const { rows } = await app.database.ownerPool.query(
      "select t.state, t.resolved_at from operation.problem t join core.source_key s on s.record_id = t.id where s.key = 'P1'",
    );
    expect(rows).toEqual([{ state: 'investigating', resolved_at: null }]);
    await app.settle();
    const improver = await app.person('Ina Improver', ['CSI']);
    expect((await improver.post('/measurement/rollups/catch-up')).status).toBeLessThan(300);
    const now = new Date(app.clock.now()).toISOString();
    expect(
      (await verify(app.database.ownerPool, app.application.registry, app.keysFolder, { recounts: allRecounts(), now }))
        .differences,
    ).toEqual([]);
  });

  it('are judged by their own record: a field of incidents is none of theirs', async () => {
    const told = async (given: Parameters<typeof bring>[1]) => {
      const outcome = await bring(['P9,2026-01-07,Found,x,y,,,,,'], given);
      return outcome.ok ? [] : outcome.refusals.map(({ sentence }) => sentence);
    };
    expect(
      await told({ by: { fields: { causes: { column: 'Text' }, caller: { column: 'Who', as: 'customer_person' } } } }),
    ).toEqual(['causes cannot be filled from a column.', 'There is no field "caller".']);
    expect(await told({ type: 'release' })).toEqual(['Records of the type release cannot be imported.']);
    expect(await told({ type: 'component' })).toEqual(['Records of the type component cannot be imported.']);
  });

  it('are measured by the standard of work that was in force when they were logged', async () => {
    const levels = await app.person('Lev Levels', ['SLM']);
    const { id } = await levels.create('work-standards', {
      title: 'Within a working day',
      appliesTo: 'problem',
      calendar: workweek('UTC', [{ from: '09:00', to: '17:00' }]),
      targets: [{ priority: 'P2', minutes: 480 }],
    });
    await levels.move('work-standards', id, 'put-in-force');
    const day = (days: number) => new Date(app.clock.now() + days * 86_400_000).toISOString();
    const priority = { ...right.fields, priority: { column: 'Kind' } };
    expect(
      await bring([`P9,${day(1)},Looking,Gate jams,P2,,,,,`, `P9,${day(9)},Known,Gate jams,P2,,,,,`], {
        by: { fields: priority },
      }),
    ).toMatchObject({ ok: true, value: { made: 1, unreadable: 0 } });
    const { rows } = await app.database.ownerPool.query(
      `select f.target_minutes, f.breached
       from core.case_fact f
       join core.source_key s on s.record_id = f.record_id
       where s.key = 'P9'`,
    );
    expect(rows).toEqual([{ target_minutes: 480, breached: true }]);
  });
});
