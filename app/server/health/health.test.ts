// What stops silently is told: a neighbour's forgotten transaction, a job that fails, entries that nothing signs, a full disk.
// Its kind: whatever is alive or "ready" and does not work; `readyz` alone cannot tell it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../../test/support/application.ts';
import type { TestApplication } from '../../../test/support/application.ts';
import type { Client } from '../../../test/support/client.ts';
import { healthOf, warningsOf } from './report.ts';
import { healthWatch } from './watch.ts';
import type { Health } from './report.ts';

let app: TestApplication;
let administrator: Client;
beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Falk', ['ADM']);
});
afterAll(() => app.close());

const health = async (): Promise<Health> => (await administrator.get('/health/details')).body;

describe('how the installation stands', () => {
  it('is read by its administrators alone', async () => {
    const desk = await app.person('Dee Desk', ['SDK']);
    expect((await desk.get('/health/details')).status).toBe(403);
    const example = await createTestApplication({ example: true });
    const played = await example.person('Ada Played', ['ADM']);
    expect((await played.get('/health/details')).status).toBe(403);
    await example.close();
    const told = await health();
    expect(told.disk.free).toBeGreaterThan(0);
    expect(told.jobs.map(({ name }) => name)).toContain('journal-checkpoint');
    expect(told.jobs.every(({ nextAt }) => Date.parse(nextAt) > app.clock.now())).toBe(true);
  });

  it('names a transaction that is open in another database, which readers of the journal wait for', async () => {
    const neighbour = new pg.Client({
      ...app.database.ownerConfig,
      database: 'postgres',
      application_name: 'forgotten',
    });
    await neighbour.connect();
    await neighbour.query('begin');
    await neighbour.query('select pg_current_xact_id()');
    const { oldestTransaction } = await health();
    expect(oldestTransaction).toMatchObject({ database: 'postgres', program: 'forgotten' });
    expect(oldestTransaction?.seconds).toBeGreaterThanOrEqual(0);
    await neighbour.query('rollback');
    await neighbour.end();
  });

  it('tells how many entries no checkpoint covers, and from when the newest is', async () => {
    expect((await health()).checkpoints).toMatchObject({ at: null });
    await app.runJob('journal-checkpoint');
    await app.runJob('journal-checkpoint');
    const { checkpoints } = await health();
    expect(checkpoints).toMatchObject({ uncovered: 0, uncoveredSince: null });
    expect(checkpoints.at).toBe(new Date(app.clock.now()).toISOString());
  });
});

describe('what must be looked after', () => {
  const well: Omit<Health, 'warnings'> = {
    disk: { free: 50 * 1024 ** 3, size: 100 * 1024 ** 3 },
    checkpoints: { at: '2026-03-02T09:00:00.000Z', uncovered: 0, uncoveredSince: null },
    oldestTransaction: null,
    readers: [],
    queue: { waiting: 0, seconds: 0 },
    jobs: [],
    vacancies: [],
  };
  const now = Date.parse('2026-03-02T10:00:00Z');
  const held = { process: 12, database: 'shop', login: 'shop', program: 'psql', seconds: 61 };
  it.each([
    ['nothing', {}, []],
    ['a disk with little room', { disk: { free: 1000, size: 100 * 1024 ** 3 } }, ['health.disk']],
    ['a transaction that stays open', { oldestTransaction: held }, ['health.journal-held']],
    ['one that is open for a moment', { oldestTransaction: { ...held, seconds: 3 } }, []],
    [
      'entries that nothing signs',
      { checkpoints: { at: null, uncovered: 3, uncoveredSince: '2026-03-02T09:40:00.000Z' } },
      ['health.checkpoint'],
    ],
    [
      'a job that failed',
      { jobs: [{ name: 'clocks', every: 'minute' as const, state: 'failed', lastAt: null, nextAt: '' }] },
      ['health.job-failed'],
    ],
    ['jobs that nobody begins', { queue: { waiting: 4, seconds: 700 } }, ['health.queue']],
  ])('is told of %s', (_what, more, codes) => {
    expect(warningsOf({ ...well, ...more }, now).map(({ code }) => code)).toEqual(codes);
  });

  it('is told to the operator once when it begins and once when it is over', async () => {
    const before = app.told.length;
    const writer = await app.person('Dee Desk', ['ADM']);
    await writer.create('teams', { title: 'One' });
    app.clock.advance(20 * 60_000);
    await app.runJob('health-watch');
    await app.runJob('health-watch');
    await app.runJob('journal-checkpoint');
    await app.runJob('journal-checkpoint');
    await app.runJob('health-watch');
    const told = app.told.slice(before);
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('signed by no checkpoint yet');
    expect(told[1]).toBe('Over: health.checkpoint.');
  });

  // Each process had its own memory of what it told. Its kind: what a process keeps for itself and another cannot know.
  it('is told by one of several processes alone, whichever looks, and all of them show the same', async () => {
    const here = await looker('here');
    const there = await looker('there');
    const writer = await app.person('Dora Desk', ['ADM']);
    await writer.create('teams', { title: 'Two' });
    app.clock.advance(20 * 60_000);
    await here.look();
    await there.look();
    expect([here.told.length, there.told.length]).toEqual([1, 0]);
    expect(await there.codes()).toEqual(await here.codes());
    await app.runJob('journal-checkpoint');
    await app.runJob('journal-checkpoint');
    await there.look();
    await here.look();
    expect([here.told.length, there.told]).toEqual([1, ['Over: health.checkpoint.']]);
  });

  it('shows the full disk of another machine as well, until nobody sees it for an hour', async () => {
    const keep = (at: number) =>
      app.database.appPool.query(
        `insert into core.health_warning (code, of, place, sentence, hint, seen_at)
         values ('health.disk', '', 'other:/data', '5 MiB are left on the disk of the data folder.', 'Make room.', $1)`,
        [new Date(at)],
      );
    await keep(app.clock.now());
    const here = await looker('here');
    await here.look();
    const ofOther = async () => (await health()).warnings.filter(({ of }) => of === 'other:/data');
    expect(await ofOther()).toMatchObject([
      { code: 'health.disk', sentence: expect.stringContaining('At other:/data') },
    ]);
    app.clock.advance(61 * 60_000);
    expect(await ofOther()).toEqual([]);
  });
});

/** A further process, as far as health is concerned: what it tells, and what it shows. */
async function looker(name: string) {
  const told: string[] = [];
  const ground = { dataFolder: mkdtempSync(join(tmpdir(), `servicewright-${name}-`)), jobs: () => [] };
  const watch = healthWatch(ground, (line) => told.push(line));
  return {
    told,
    look: () => watch.run(app.application),
    codes: async () => (await healthOf(app.application, ground, { providers: [] })).warnings.map(({ code }) => code),
  };
}
