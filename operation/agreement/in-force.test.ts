// Versions in force, one after the other, one before the other, and ended: `verify` computes their ends anew.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { verify } from '../../core/journal/verify.ts';
import { pastActorsOf } from '../../core/record/edit/move.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Client } from '../../test/support/client.ts';
import { inForceRecount } from './store.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let levels: Client;
let representative: Client;
let id: string;

beforeAll(async () => {
  app = await createTestApplication();
  const customer = await app.customer('Marlowe Grocers');
  representative = await app.person('Cat', ['CUS'], { customer });
  levels = await app.person('Lev', ['SLM']);
  const owner = await app.person('Sol', ['SOW']);
  const service = (await takenOver(owner, { title: 'Slots', customers: [customer] })).id;
  const agreement = await levels.create('agreements', {
    title: 'Slots',
    customers: [customer],
    service,
    customer,
    calendar: ukOffice,
    targets: [{ priority: 'P3', responseMinutes: 60, restoreMinutes: 480 }],
    effectiveFrom: '2026-02-01T00:00:00.000Z',
  });
  id = agreement.id;
  await levels.move('agreements', id, 'negotiate');
  await putInForce();
});
afterAll(() => app.close());

async function putInForce(): Promise<void> {
  await levels.move('agreements', id, 'sign-provider');
  await representative.move('agreements', id, 'sign-customer');
  await levels.move('agreements', id, 'put-in-force');
}

async function amendedFrom(effectiveFrom: string): Promise<void> {
  const { version } = await levels.move('agreements', id, 'review', { reason: 'Another start.' });
  await levels.patch(`/agreements/${id}`, { expectedVersion: version, effectiveFrom });
  await levels.move('agreements', id, 'amend', { reason: 'Another start.' });
  await putInForce();
}

const differences = async () =>
  (await verify(app.database.ownerPool, app.application.registry, app.keysFolder, { recounts: [inForceRecount] }))
    .differences;

it('a version that begins before one that was agreed earlier leaves that one no time, and verify agrees', async () => {
  await amendedFrom('2026-06-01T00:00:00.000Z');
  await amendedFrom('2026-04-01T00:00:00.000Z');
  const { rows } = await app.application.pool.query(
    'select version, from_at, to_at from handover.agreement_in_force order by version',
  );
  expect(rows).toEqual([
    { version: 1, from_at: '2026-02-01T00:00:00.000Z', to_at: '2026-04-01T00:00:00.000Z' },
    { version: 2, from_at: '2026-06-01T00:00:00.000Z', to_at: '2026-06-01T00:00:00.000Z' },
    { version: 3, from_at: '2026-04-01T00:00:00.000Z', to_at: null },
  ]);
  expect(await differences()).toEqual([]);
});

it('a termination before a version began leaves that one no time, and verify agrees', async () => {
  await representative.move('agreements', id, 'terminate', { reason: 'We part.' });
  expect(await differences()).toEqual([]);
});

it('who signed last made both moves of that act', async () => {
  const client = await app.application.pool.connect();
  const { rows } = await client.query('select provider_id as "providerId", id from core.record where id = $1', [id]);
  const barred = { id: 'any', sentence: 'Somebody else.', notActorOf: ['create', 'sign-customer', 'agree'] };
  const actors = await pastActorsOf(client, rows[0], { separation: [barred] });
  client.release();
  const both = [representative.id, representative.id];
  expect(actors).toEqual({ create: [levels.id, levels.id], 'sign-customer': both, agree: both });
});
