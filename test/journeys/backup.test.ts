import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationFolders } from '../../app/server/migrations.ts';
import { backup, restore } from '../../core/database/backup.ts';
import { checkpointKeys, rememberCheckpointKeys } from '../../core/journal/format/checkpoint.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { verify } from '../../core/journal/verify.ts';
import type { Application } from '../../core/record/define/work.ts';
import { rollUp } from '../../improvement/measurement/rollup/roll-up.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { createTestDatabase } from '../support/database.ts';

let app: TestApplication;
let folder: string;
let file: string;
const schemas = migrationFolders.map(({ schema }) => schema);

beforeAll(async () => {
  app = await createTestApplication();
  folder = mkdtempSync(join(tmpdir(), 'servicewright-backup-'));
  file = join(folder, 'all.gz');
  const customer = await app.customer('Marlowe Grocers');
  const owner = await app.person('Bea\u2028Owner\tof \\. things', ['BOW'], { customer });
  await owner.create('business-requirements', {
    title: 'Slots\nof two hours',
    statement: 'Two \\N hours.',
    trigger: 'market',
  });
  await app.runJob('journal-checkpoint');
  const client = await app.database.ownerPool.connect();
  await backup(client, schemas, file, checkpointKeys(app.keysFolder), '2026-03-02T09:00:00.000Z');
  client.release();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await app.close();
});

async function intoEmpty(from: string) {
  const database = await createTestDatabase();
  const client = await database.ownerPool.connect();
  const restored = await restore(client, from).then(
    (header) => ({ header }),
    (error: Error) => ({ error }),
  );
  client.release();
  return { database, ...restored };
}

describe('a backup', () => {
  it('restores into an empty installation, where verify finds no difference and work goes on', async () => {
    const { database, ...restored } = await intoEmpty(file);
    expect(restored).toHaveProperty('header');
    if ('header' in restored) rememberCheckpointKeys(folder, restored.header.checkpointKeys);
    const found = await verify(database.ownerPool, app.application.registry, folder);
    expect(found).toMatchObject({ differences: [], records: 4, checkpoints: 1 });
    const { rows } = await database.appPool.query<{ number: number }>(
      "select nextval('strategy.number_business_requirement')::int as number",
    );
    expect(rows[0]?.number).toBe(2);
    await database.drop();
  });

  it('carries no transaction ids: what follows the journal reads it again, and goes on', async () => {
    await app.settle();
    await rollUp(app.application);
    const steps = 'select sum(moves)::int as moves, count(*)::int as n from improvement.step_day';
    const before = (await app.database.ownerPool.query(steps)).rows;
    // Of a note that waits, and of a cursor far ahead of any transaction of the cluster restored into.
    await app.database.ownerPool.query(
      `insert into core.horizon (seq, transaction) values (1, '9000000000000000000') on conflict (one) do update set transaction = excluded.transaction;
       insert into core.cursor (name, transaction, seq, updated_at) values ('test', '9000000000000000000', 1, now());
       update improvement.cursor set transaction = '9000000000000000000' where name = 'journal'`,
    );
    const later = join(folder, 'later.gz');
    const client = await app.database.ownerPool.connect();
    await backup(client, schemas, later, checkpointKeys(app.keysFolder), '2026-03-02T09:00:00.000Z');
    client.release();
    const { database } = await intoEmpty(later);
    const application: Application = { ...app.application, pool: database.appPool };
    expect((await database.ownerPool.query('select from core.horizon')).rowCount).toBe(0);
    const took: number[] = [];
    const look = async () => {
      await catchUp(application, {
        name: 'test',
        take: async (_application, entries) => void took.push(...entries.map(({ seq }) => seq)),
      });
      return took;
    };
    const { rows: entries } = await database.ownerPool.query<{ seq: number }>(
      'select seq from core.journal order by seq',
    );
    await expect.poll(look, { timeout: 15_000 }).toEqual(entries.map(({ seq }) => seq));
    await rollUp(application);
    expect((await database.ownerPool.query(steps)).rows).toEqual(before);
    const keys = join(folder, 'keys');
    rememberCheckpointKeys(keys, checkpointKeys(app.keysFolder));
    await takeCheckpoint(database.appPool, keys, '2026-03-02T10:00:00.000Z');
    expect((await verify(database.ownerPool, app.application.registry, keys)).differences).toEqual([]);
    await database.drop();
  });

  it('is refused where records are, and changes nothing there', async () => {
    const client = await app.database.ownerPool.connect();
    await expect(restore(client, file)).rejects.toThrow(/holds records/);
    client.release();
  });

  it.each([
    ['cut in its middle', (text: string) => text.slice(0, text.length / 2)],
    ["another program's", () => 'PGDMP\n'],
    ['of another version', (text: string) => text.replace('"core/0010', '"core/9999')],
  ])('that is %s is refused, and leaves the installation empty', async (_what, spoil) => {
    const spoilt = join(folder, 'spoilt.gz');
    writeFileSync(spoilt, gzipSync(spoil(gunzipSync(readFileSync(file)).toString())));
    const { database, ...restored } = await intoEmpty(spoilt);
    expect(restored).toHaveProperty('error');
    const { rows } = await database.ownerPool.query<{ count: number }>(
      'select count(*)::int as count from core.record',
    );
    expect(rows[0]?.count).toBe(0);
    await database.drop();
  });
});
