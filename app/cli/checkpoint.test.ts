import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { allJobs } from '../server/background.ts';
import { keysFolder } from '../../core/database/embedded/index.ts';
import { checkpointKeys, rememberCheckpointKeys } from '../../core/journal/format/checkpoint.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { keepIn } from '../../core/journal/kept.ts';
import { harbour } from '../../examples/harbour/harbour.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { urlOf } from '../../test/support/database.ts';
import { run } from './run.ts';

let app: TestApplication;
let folder: string;
let told: string[] = [];

beforeAll(async () => {
  app = await createTestApplication({ startAt: '2026-03-02T23:50:00.000Z' });
  folder = mkdtempSync(join(tmpdir(), 'servicewright-kept-'));
  vi.stubEnv('SERVICEWRIGHT_DATA', folder);
  vi.stubEnv('DATABASE_URL', urlOf(app.database.appConfig));
  vi.stubEnv('DATABASE_OWNER_URL', urlOf(app.database.ownerConfig));
  for (const each of ['log', 'error'] as const)
    vi.spyOn(console, each).mockImplementation((text: string) => void told.push(text));
  await app.customer('Marlowe Grocers');
  // The server's key and the commands' are two in this test.
  rememberCheckpointKeys(keysFolder(folder), checkpointKeys(app.keysFolder));
});
beforeEach(() => {
  told = [];
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await app.close();
  rmSync(folder, { recursive: true });
});

const lines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

it('checkpoints are exported to a file, which verification compares with those that stand', async () => {
  const file = join(folder, 'kept.jsonl');
  expect(await run(harbour, ['checkpoint', 'export', file])).toBe(0);
  expect(lines(file)).toHaveLength(1);
  expect(told.at(-1)).toMatch(/^Wrote 1 checkpoints to/);
  expect(await run(harbour, ['verify', '--against', file])).toBe(0);
  expect(told.at(-1)).toMatch(/no difference in .* 1 checkpoints \(1 compared with those kept elsewhere\)/);
});

it('an export overwrites no file', async () => {
  expect(await run(harbour, ['checkpoint', 'export', join(folder, 'kept.jsonl')])).toBe(2);
  expect(told).toEqual([expect.stringMatching(/^The file is there already/)]);
});

it('verification tells of a checkpoint that is gone, is another, or was signed by a stranger', async () => {
  const file = join(folder, 'other.jsonl');
  const [line = ''] = lines(join(folder, 'kept.jsonl'));
  const kept = JSON.parse(line) as { to: number; root: string };
  const of = async (content: string) => {
    writeFileSync(file, content);
    told = [];
    const code = await run(harbour, ['verify', '--quick', '--against', file]);
    return [code, told[0]];
  };
  expect(await of(JSON.stringify({ ...kept, keyId: '0'.repeat(16) }))).toEqual([
    1,
    expect.stringMatching(/key that this installation does not know/),
  ]);
  expect(await of(JSON.stringify({ ...kept, root: '0'.repeat(64) }))).toEqual([
    1,
    expect.stringMatching(/its signature does not fit, as/),
  ]);
  expect(await of('no checkpoint')).toEqual([2, expect.stringMatching(/holds a line that is no checkpoint/)]);
  await app.database.ownerPool.query('create table public.aside as select * from core.checkpoint');
  await app.database.ownerPool.query('delete from core.checkpoint');
  expect(await of(line)).toEqual([1, expect.stringMatching(/is missing, as/)]);
  await app.database.ownerPool.query('insert into core.checkpoint select * from public.aside; drop table public.aside');
  expect(await of(line)).toEqual([0, expect.stringMatching(/no difference/)]);
});

it('a folder gets each checkpoint once, a file a day', async () => {
  const kept = join(folder, 'days');
  expect(await keepIn(app.database.appPool, kept)).toBe(1);
  expect(await keepIn(app.database.appPool, kept)).toBe(0);
  expect(existsSync(kept)).toBe(true);
  const of = { keys: app.keysFolder, keptElsewhere: kept, dataFolder: folder, told: () => undefined };
  const checkpointJob = allJobs(of).find(({ name }) => name === 'journal-checkpoint');
  for (const [name, minutes] of [
    ['Tide', 5],
    ['Quay', 10],
  ] as const) {
    app.clock.advance(minutes * 60_000);
    await app.customer(name);
    await checkpointJob?.run(app.application);
    expect(await keepIn(app.database.appPool, kept)).toBe(0); // the job did
  }
  const files = readdirSync(kept).toSorted();
  expect(files.slice(0, 2)).toEqual(['checkpoints-2026-03-02.jsonl', 'checkpoints-2026-03-03.jsonl']);
  expect(await run(harbour, ['verify', '--quick', '--against', kept])).toBe(0);
  // A line that was cut off, by a kill or a full disk, is written again, whole.
  const last = join(kept, files[1] ?? '');
  writeFileSync(last, readFileSync(last, 'utf8').slice(0, -40));
  expect(await keepIn(app.database.appPool, kept)).toBe(1);
  expect(await run(harbour, ['verify', '--quick', '--against', kept])).toBe(0);
  appendFileSync(join(kept, 'notes.txt'), 'no checkpoints');
  expect(await run(harbour, ['verify', '--quick', '--against', join(folder, 'none')])).toBe(2);
  expect(told.at(-1)).toMatch(/none cannot be read/);
});

// Its kind: what stands in the folder is believed to stand in the database. After a restore of before, the newest of it does not.
it('a folder goes on getting each checkpoint after a restore, and those that were lost by it are told', async () => {
  const kept = join(folder, 'restored');
  await keepIn(app.database.appPool, kept);
  const file = join(kept, 'checkpoints-2026-03-03.jsonl');
  const last = JSON.parse(lines(file).at(-1) ?? '') as { to: number };
  // Taken once before the restore, which begins to number anew from where the backup ended.
  appendFileSync(file, `${JSON.stringify({ ...last, to: last.to + 1000 })}\n`);
  app.clock.advance(60_000);
  await app.customer('Curlew');
  await takeCheckpoint(app.database.appPool, app.keysFolder, new Date(app.clock.now()).toISOString());
  expect(await keepIn(app.database.appPool, kept)).toBeGreaterThan(0);
  expect(await keepIn(app.database.appPool, kept)).toBe(0);
  const { rows } = await app.database.ownerPool.query<{ to: number }>('select max(seq_to) as to from core.checkpoint');
  expect(lines(file).map((line) => (JSON.parse(line) as { to: number }).to)).toContain(rows[0]?.to);
  expect(await run(harbour, ['verify', '--quick', '--against', kept])).toBe(1);
  expect(told.filter((line) => line.startsWith('checkpoint '))).toHaveLength(1);
});
