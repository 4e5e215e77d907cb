// Nothing is recorded before what stands before it: who has the database's password could otherwise call the door with any
// instant, and put a decision behind what came after. Looked at as well: an example's scenario clock, which is its own; a clock
// that was set back, of which the next checkpoint tells; acts that take a while.
import { beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
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
