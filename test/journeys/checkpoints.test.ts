// Checkpoints, while transactions commit in another order than their entries' numbers.
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';

let app: TestApplication;
let owner: Client;

beforeAll(async () => {
  app = await createTestApplication();
  owner = await app.person('Bea Owner', ['BOW'], { customer: await app.customer('Marlowe Grocers') });
});
afterAll(() => app.close());
beforeEach(async () => {
  await expect.poll(covered, poll).toEqual([]);
});

const poll = { timeout: 15_000, interval: 20 };
const write = () =>
  owner.create('business-requirements', { title: 'Slots', statement: 'Two hours.', trigger: 'market' });
const checkpoint = () => app.runJob('journal-checkpoint');
const differences = async () =>
  (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;

/** Numbers that no checkpoint covers, after one more was taken. */
async function covered(): Promise<number[]> {
  await checkpoint();
  const { rows } = await app.database.appPool.query<{ seq: number }>(
    'select seq from core.journal where not exists (select from core.checkpoint where seq between seq_from and seq_to) order by seq',
  );
  return rows.map(({ seq }) => seq);
}

/** A transaction of its own that stays open until it is told to commit. */
async function slow(): Promise<{ client: pg.PoolClient; commit: () => Promise<void> }> {
  const client = await app.database.ownerPool.connect();
  await client.query('begin');
  return {
    client,
    commit: async () => {
      await client.query('commit');
      client.release();
    },
  };
}

/** Takes a number as an entry does, and holds it. The entry itself repeats the newest one's content, with a hash of its own. */
const enter = (client: pg.PoolClient) =>
  client.query(
    `insert into core.journal (provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_kind, channel, edits, content_hash, hash)
     select provider_id, recorded_at, occurred_at, record_id, record_type, version, 'observed', actor_kind, channel, edits, content_hash, repeat('ab', 32) from core.journal order by seq desc limit 1`,
  );

/** What verify says of checkpoints; the entries that tests put in are no part of their records' chains. */
const ofCheckpoints = async () => (await differences()).filter(({ record }) => record.startsWith('checkpoint'));

describe('a checkpoint', () => {
  it('covers what is settled at once', async () => {
    await write();
    await expect.poll(covered, poll).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('waits for an entry whose transaction is open, and covers it with its successors', async () => {
    const open = await slow();
    await enter(open.client);
    await write();
    const before = (await app.database.appPool.query('select from core.checkpoint')).rowCount;
    await checkpoint();
    await checkpoint();
    expect((await app.database.appPool.query('select from core.checkpoint')).rowCount).toBe(before);
    await open.commit();
    await expect.poll(covered, poll).toEqual([]);
    expect(await ofCheckpoints()).toEqual([]);
  });

  it('waits for an older transaction that takes its number late, and for one that is younger than any that has ended', async () => {
    const older = await slow();
    await older.client.query('select pg_current_xact_id()');
    await write();
    const younger = await slow();
    await enter(younger.client);
    await checkpoint();
    await enter(older.client);
    await older.commit();
    await checkpoint();
    await younger.commit();
    await expect.poll(covered, poll).toEqual([]);
    expect(await ofCheckpoints()).toEqual([]);
  });

  it('is taken in a database where some transaction is always open', async () => {
    await write();
    const { rows } = await app.database.appPool.query<{ seq: number }>('select max(seq) as seq from core.journal');
    const written = rows[0]?.seq;
    let open = await slow();
    await open.client.query('select pg_current_xact_id()');
    await expect
      .poll(async () => {
        const uncovered = await covered();
        const next = await slow();
        await next.client.query('select pg_current_xact_id()');
        await open.commit();
        open = next;
        return uncovered;
      }, poll)
      .not.toContain(written);
    await open.commit();
  });

  it('does not wait for a transaction id of another cluster', async () => {
    await app.database.ownerPool.query(
      `insert into core.horizon (seq, transaction) values (1, '9000000000000000000') on conflict (one) do update set transaction = excluded.transaction`,
    );
    const open = await slow();
    await open.client.query('select pg_current_xact_id()');
    await write();
    await checkpoint();
    const { rows } = await app.database.appPool.query<{ own: boolean }>(
      'select transaction < pg_snapshot_xmax(pg_current_snapshot()) as own from core.horizon',
    );
    expect(rows).toEqual([{ own: true }]);
    await open.commit();
    await expect.poll(covered, poll).toEqual([]);
  });
});

describe('verify', () => {
  it('sees an entry that was put between two checkpoints', async () => {
    await app.database.appPool.query(`select nextval('core.journal_seq')`);
    await write();
    await expect.poll(covered, poll).toEqual([]);
    expect(await ofCheckpoints()).toEqual([]);
    const { rows } = await app.database.ownerPool.query<{ from: number; to: number }>(
      'select seq_from as "from", seq_to as "to" from core.checkpoint order by seq_to desc limit 1',
    );
    await app.database.ownerPool.query(
      `insert into core.journal (provider_id, seq, recorded_at, occurred_at, record_id, record_type, version, kind, actor_kind, channel, edits, content_hash, hash)
       select provider_id, $1, recorded_at, occurred_at, record_id, record_type, version, 'observed', actor_kind, channel, edits, content_hash, repeat('ab', 32) from core.journal order by seq desc limit 1`,
      [(rows[0]?.from ?? 0) - 1],
    );
    expect(await ofCheckpoints()).toMatchObject([{ record: `checkpoint ${rows[0]?.to}` }]);
  });
});
