// The first entry of an installation is signed within seconds, not at the job's next time: a machine may fail in its first minute.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JournalBell } from '../../core/journal/bell.ts';
import { takeFirst } from '../../core/journal/first-checkpoint.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

it('is taken soon after the first entry, once, and then left to the job', async () => {
  const listeners = new Set<() => void>();
  const bell: JournalBell = {
    onRing: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => undefined,
  };
  let taken = 0;
  const stop = takeFirst(app.database.appPool, {
    bell,
    take: async () => {
      taken += 1;
      await app.runJob('journal-checkpoint');
    },
    onError: (error) => {
      throw error;
    },
  });
  await app.customer('Marlowe Grocers');
  for (const ring of listeners) ring();
  const count = async () =>
    (await app.database.appPool.query<{ n: number }>('select count(*)::int as n from core.checkpoint')).rows[0]?.n;
  await expect.poll(count, { timeout: 10_000, interval: 50 }).toBe(1);
  await expect.poll(() => listeners.size, { timeout: 10_000, interval: 50 }).toBe(0);
  expect(taken).toBeLessThanOrEqual(2);
  await stop();
});
