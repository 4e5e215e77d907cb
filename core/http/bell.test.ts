import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { createTestDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { journalBell } from './live.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const listening = async (): Promise<number[]> => {
  const { rows } = await database.ownerPool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query = 'listen journal'`,
  );
  return rows.map(({ pid }) => pid);
};

describe('the bell of the journal', () => {
  it('listens by one connection, however often the database was lost', async () => {
    let opened = 0;
    const bell = await journalBell(async () => {
      opened += 1;
      const client = new pg.Client(database.appConfig);
      await client.connect();
      return client;
    });
    for (let lost = 1; lost <= 3; lost += 1) {
      const rung = new Promise<void>((resolve) => {
        const off = bell.onRing(() => {
          off();
          resolve();
        });
      });
      for (const pid of await listening()) await database.ownerPool.query('select pg_terminate_backend($1)', [pid]);
      await rung;
    }
    await bell.close();
    expect(opened).toBe(4);
  });
});
