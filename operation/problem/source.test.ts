// What proves the keys of other systems, and the journals of what was taken back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mappingSchema } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import { takeBack } from '../../core/import/take-back.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
});
afterAll(() => app.close());

const caller = () =>
  ({ principal: systemPrincipal(app.providerId, 'import', null), channel: 'import', requestId: 'test' }) as const;

async function bring(source: string): Promise<string> {
  const bytes = Buffer.from('key,at,state\nK1,2026-01-05,Found\nK1,2026-01-06,Looking\n');
  const { run } = await importRecords({
    application: app.application,
    caller: caller(),
    source: {
      name: 'problems.csv',
      size: bytes.length,
      open: async function* () {
        yield bytes;
      },
    },
    type: 'problem',
    mapping: mappingSchema.parse({
      format: 1,
      source,
      zone: 'UTC',
      timeFormat: 'iso',
      missing: [''],
      key: 'key',
      occurredAt: 'at',
      state: { column: 'state', values: { Found: { state: 'detected' }, Looking: { state: 'investigating' } } },
      title: '{key}',
      fields: {},
    }),
    given: {},
    customer: null,
    isDry: false,
  });
  return run ?? '';
}
const found = async () =>
  (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences.map(({ what }) => what);

it('a key that was altered or leads nowhere is told', async () => {
  await bring('altered');
  expect(await found()).toEqual([]);
  await app.database.ownerPool.query("update core.source_key set key = 'K9' where system = 'altered'");
  expect(await found()).toEqual([
    'key in a source altered:K1 is missing',
    'key in a source altered:K9 stands without a journal entry',
  ]);
  await app.database.ownerPool.query(
    "update core.source_key set key = 'K1', record_id = gen_random_uuid() where system = 'altered'",
  );
  expect(await found()).toEqual([
    'key in a source altered:K1 is missing',
    'a key in altered leads to it, and it is gone',
  ]);
  await app.database.ownerPool.query("delete from core.source_key where system = 'altered'");
});

it('the journal of what was taken back is still proven', async () => {
  const before = await found();
  const run = await bring('taken back');
  await takeBack({ application: app.application, caller: caller() }, { run, reason: 'The wrong file.' });
  expect(await found()).toEqual(before);
  await app.database.ownerPool.query(
    'update core.journal set edits = edits || \'{"title": "K2"}\' where source = \'taken back:K1\' and version = 1',
  );
  expect((await found()).filter((what) => !before.includes(what))).toEqual([
    expect.stringMatching(/^journal entry \d+ was altered/),
  ]);
});

it('and nothing that was not taken back can be deleted by the application', async () => {
  await bring('kept');
  const { rows } = await app.application.pool.query(
    `select core.forget_taken_back($1, 'problem', 'operation.problem', array(select record_id from core.source_key where system = 'kept')) as gone`,
    [app.providerId],
  );
  expect(rows).toEqual([{ gone: 0 }]);
  await expect(app.application.pool.query('delete from core.record')).rejects.toThrow('permission denied');
});
