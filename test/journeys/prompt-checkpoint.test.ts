// What must not wait for the job's next time is signed within seconds: the first entry of an installation, for a machine may fail
// in its first minute; and the first behind a clock that was set back, which would look dated back once the clock is right again.
// Its kind: whatever only the next checkpoint can tell of. Looked at as well: a start behind a clock that was set back before;
// checkpoints that other processes took, a command's backup among them.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalBell } from '../../core/journal/bell.ts';
import { signPromptly } from '../../core/journal/prompt-checkpoint.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';

let app: TestApplication;
let taken: number;
let stop: () => Promise<void>;
const listeners = new Set<() => void>();
const bell: JournalBell = {
  onRing: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  close: async () => undefined,
};

const start = () =>
  signPromptly(app.database.appPool, {
    bell,
    clock: app.clock.now,
    take: async () => {
      taken += 1;
      await app.runJob('journal-checkpoint');
    },
    onError: (error) => {
      throw error;
    },
  });
const uncovered = async () =>
  (
    await app.database.ownerPool.query(
      'select from core.journal where seq > (select coalesce(max(seq_to), 0) from core.checkpoint)',
    )
  ).rows.length;
const write = async (title: string) => {
  await app.customer(title);
  for (const ring of listeners) ring();
};
const signed = () => expect.poll(uncovered, { timeout: 15_000, interval: 50 }).toBe(0);
const told = async () =>
  (
    await verify(app.database.ownerPool, app.application.registry, app.keysFolder, {
      now: new Date(app.clock.now()).toISOString(),
    })
  ).differences;

beforeEach(async () => {
  app = await createTestApplication({ startAt: '2026-07-01T09:00:00.000Z' });
  taken = 0;
  stop = start();
  await write('Marlowe Grocers');
  await signed();
});
afterEach(async () => {
  await stop();
  await app.close();
});

it('signs the first entries soon, and leaves those that follow to the job', async () => {
  const before = taken;
  app.clock.advance(1000);
  await write('Brightwater Mills');
  await stop();
  expect(taken).toBe(before);
  expect(await uncovered()).toBeGreaterThan(0);
});

it.each([
  ['while it runs', async () => undefined],
  [
    'before it was started again',
    async () => {
      await stop();
      stop = start();
    },
  ],
  [
    'while another process had signed ahead',
    async () => {
      app.clock.set('2026-07-02T09:00:00.000Z');
      await app.customer('Ashgrove Farm');
      await app.runJob('journal-checkpoint');
      await app.runJob('journal-checkpoint');
      app.clock.set('2026-07-01T10:00:00.000Z');
    },
  ],
])('signs what is written behind a clock that was set back %s, before it is right again', async (_when, between) => {
  app.clock.set('2026-07-01T07:00:00.000Z');
  await between();
  const now = app.clock.now();
  await write('Brightwater Mills');
  await signed();
  app.clock.advance(60_000);
  await write('Coldharbour Lane');
  app.clock.set(new Date(now + 30 * 3_600_000).toISOString());
  await write('Dunmore Yard');
  expect(await told()).toEqual([]);
});

it('signs all that was written before a clock was set back, also where it could sign a part at first', async () => {
  const held = async () => {
    const client = await app.database.ownerPool.connect();
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    return async () => {
      await client.query('rollback');
      client.release();
    };
  };
  const owner = await app.person('Bea Marsh', ['BOW'], { customer: await app.customer('Ashgrove Farm') });
  const requirement = { title: 'Slots', statement: 'Two hours.', trigger: 'market' };
  app.clock.set('2026-07-01T10:00:00.000Z');
  const first = await held();
  await app.customer('Brightwater Mills');
  await app.runJob('journal-checkpoint');
  await first();
  const second = await held();
  const { id, version } = await owner.create('business-requirements', requirement);
  app.clock.set('2026-07-01T05:00:00.000Z');
  const before = taken;
  for (const ring of listeners) ring();
  await expect.poll(() => taken, { timeout: 15_000, interval: 50 }).toBeGreaterThan(before);
  const edit = { expectedVersion: version, title: 'Slots of two hours' };
  expect((await owner.patch(`/business-requirements/${id}`, edit)).status).toBe(200);
  await second();
  await signed();
  app.clock.set('2026-07-02T12:00:00.000Z');
  await write('Dunmore Yard');
  expect(await told()).toEqual([]);
});
