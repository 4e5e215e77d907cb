// Nothing is recorded before what stands before it: who has the database's password could otherwise call the door with any
// instant, and put a decision behind what came after. Looked at as well: an example's scenario clock, which is its own; a clock
// that was set back, of which the next checkpoint tells; acts that take a while. And an act under way while the clock jumps ahead,
// or while a checkpoint is taken: its kind is whatever takes its instant at one moment and is written at a later one (acts,
// batches of an import, what is taken back; entries that waited for their checkpoint behind a transaction that stayed open).
import { beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { save } from '../../core/record/edit/save.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';

let app: TestApplication;
let owner: Client;

const write = () =>
  owner.create('business-requirements', { title: 'Slots', statement: 'Two hours.', trigger: 'market' });
const covered = async () => {
  await app.runJob('journal-checkpoint');
  const { rows } = await app.database.ownerPool.query(
    'select from core.journal where seq > (select coalesce(max(seq_to), 0) from core.checkpoint)',
  );
  return rows.length;
};
const checkpoint = () => expect.poll(covered, { timeout: 15_000, interval: 20 }).toBe(0);
const told = async () =>
  (
    await verify(app.database.ownerPool, app.application.registry, app.keysFolder, {
      now: new Date(app.clock.now()).toISOString(),
    })
  ).differences.map(({ what }) => what);

// Each test in an installation of its own: what was dated back stays so.
beforeEach(async () => {
  app = await createTestApplication({ startAt: '2026-07-01T09:00:00.000Z' });
  owner = await app.person('Bea Owner', ['BOW'], { customer: await app.customer('Marlowe Grocers') });
  await write();
  await checkpoint();
  return () => app.close();
});

describe('an entry', () => {
  it('that is dated back behind a checkpoint is noticed, before it is signed and afterwards', async () => {
    app.clock.set('2026-06-01T09:00:00.000Z');
    await write();
    app.clock.set('2026-07-01T10:00:00.000Z');
    expect(await told()).toEqual([expect.stringMatching(/recorded at 2026-06-01.*before the checkpoint before it/)]);
    await checkpoint();
    expect(await told()).toEqual([expect.stringMatching(/recorded at 2026-06-01.*before the checkpoint before it/)]);
  });

  it('that is dated back behind the one before it on its record is noticed', async () => {
    app.clock.set('2026-07-10T09:00:00.000Z');
    const { id } = await write();
    app.clock.set('2026-07-05T09:00:00.000Z');
    await owner.move('business-requirements', id, 'analyse');
    app.clock.set('2026-07-10T10:00:00.000Z');
    await checkpoint();
    expect(await told()).toEqual([expect.stringMatching(/recorded at 2026-07-05.*before the one before it/)]);
  });

  it('of a moment before, as of an act that takes a while, is none', async () => {
    app.clock.set('2026-07-01T08:55:00.000Z');
    const { id } = await write();
    app.clock.set('2026-07-01T09:01:00.000Z');
    await owner.move('business-requirements', id, 'analyse');
    await checkpoint();
    expect(await told()).toEqual([]);
  });

  it('of a clock that was set back, and right again later, is none: a checkpoint tells of both', async () => {
    const { id } = await write();
    app.clock.set('2025-07-01T09:00:00.000Z');
    await owner.move('business-requirements', id, 'analyse');
    expect(await told()).toEqual([]);
    await checkpoint();
    await write();
    await checkpoint();
    app.clock.set('2026-07-01T10:00:00.000Z');
    await write();
    await checkpoint();
    expect(await told()).toEqual([]);
  });

  it('of a clock that was ahead for a while is none', async () => {
    app.clock.set('2036-07-01T09:00:00.000Z');
    const { id } = await write();
    await checkpoint();
    app.clock.set('2026-07-01T10:00:00.000Z');
    await owner.move('business-requirements', id, 'analyse');
    await checkpoint();
    await write();
    await checkpoint();
    expect(await told()).toEqual([]);
  });
});

describe('an act under way while the clock jumps ahead', () => {
  const jump = () => app.clock.set('2026-07-02T11:00:00.000Z');
  const signed = async () =>
    (await app.database.ownerPool.query<{ to: number }>('select max(seq_to) as to from core.checkpoint')).rows[0]?.to ??
    0;
  /** Something that writes and stays open: what comes after it cannot be signed yet. Returns what ends it. */
  const open = async () => {
    const client = await app.database.ownerPool.connect();
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    return async () => {
      await client.query('rollback');
      client.release();
    };
  };
  /** Notes up to where the next checkpoint can sign once `open` has ended. */
  const noted = async () => {
    const end = await open();
    await write();
    await app.runJob('journal-checkpoint');
    return end;
  };
  /** An act that edits a record, and something that happens before it does. */
  const during = async (id: string, between: () => Promise<unknown>, now?: string) => {
    const { registry } = app.application;
    const principal = systemPrincipal(app.providerId, 'slow', null);
    const outcome = await act(
      app.application,
      { principal, channel: 'job', requestId: 'slow' },
      { command: 'edit slowly' },
      async (plain) => {
        const work = now ? { ...plain, now } : plain;
        await between();
        const record = serverRecord(registry, 'business-requirement');
        await save(work, record, await lockUnscoped(work, record, id), {
          title: 'Wider slots',
          entry: { kind: 'edited' },
        });
        return { id };
      },
    );
    expect(outcome).toMatchObject({ ok: true });
  };
  /** What was noted is signed behind the jump, while the act is open. */
  const signedAhead = (end: () => Promise<void>) => async () => {
    await end();
    jump();
    const before = await signed();
    await app.runJob('journal-checkpoint');
    expect(await signed()).toBeGreaterThan(before);
  };
  const isWhole = async () => {
    expect(await told()).toEqual([]);
    await checkpoint();
    expect(await told()).toEqual([]);
    await write();
    await checkpoint();
    expect(await told()).toEqual([]);
  };

  it('is dated back by nobody where its entry waited for another transaction', async () => {
    const end = await noted();
    await write();
    const further = await open();
    await signedAhead(end)();
    await further();
    await isWhole();
  });

  it('is dated back by nobody where it comes to be written after a checkpoint', async () => {
    const { id } = await write();
    const end = await noted();
    await during(id, signedAhead(end));
    await isWhole();
  });

  it('is dated back by nobody where another was faster on its record', async () => {
    const { id } = await write();
    await during(id, async () => {
      jump();
      await owner.move('business-requirements', id, 'analyse');
    });
    await isWhole();
  });

  it('is noticed where it is dated back before the last checkpoint before it began', async () => {
    const { id } = await write();
    const end = await noted();
    await during(id, signedAhead(end), '2026-07-01T08:00:00.000Z');
    const dated = [expect.stringMatching(/recorded at 2026-07-01T08.*before the checkpoint before it/)];
    expect(await told()).toEqual(expect.arrayContaining(dated));
    await checkpoint();
    expect(await told()).toEqual(expect.arrayContaining(dated));
  });

  it('hides none that begins afterwards and is dated back', async () => {
    const { id } = await write();
    await during(id, signedAhead(await noted()));
    app.clock.set('2026-07-01T09:00:00.000Z');
    await write();
    jump();
    const dated = [expect.stringMatching(/recorded at 2026-07-01.*before the checkpoint before it/)];
    expect(await told()).toEqual(dated);
    await checkpoint();
    expect(await told()).toEqual(dated);
  });
});
