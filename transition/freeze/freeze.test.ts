// What a freeze does to changes, their own story tells.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let sponsor: Client;
let operations: Client;
let desk: Client;
let other: Client;
let customer: string;
let service: string;
beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  sponsor = await app.person('Sam Sponsor', ['BEX'], { customer });
  other = await app.person('Quin Other', ['BEX'], { customer: await app.customer('Quayside Books') });
  operations = await app.person('Ola Operations', ['OPS']);
  desk = await app.person('Dee Desk', ['SDK']);
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Slots', customers: [customer] })).id;
});
afterAll(() => app.close());

const sale = () => ({
  title: 'Summer sale',
  service,
  customers: [customer],
  freezeFrom: '2026-06-01T00:00:00.000Z',
  freezeTo: '2026-06-08T00:00:00.000Z',
  freezeZone: 'Europe/London',
  cause: 'The busiest week of the year.',
});
const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);

describe('a freeze', () => {
  it('is not declared by strangers or by the service desk, nor seen by another customer', async () => {
    expect((await app.stranger.post('/freezes', sale())).status).toBe(401);
    expect(codes(await desk.post('/freezes', sale()))).toEqual(['permission.role']);
    const { id } = await sponsor.create('freezes', sale());
    expect((await other.get(`/freezes/${id}`)).status).toBe(404);
  });

  it('remembers which side declared it, and is lifted by that side alone, with a reason', async () => {
    for (const [by, side, another] of [
      [sponsor, 'B', operations],
      [operations, 'P', sponsor],
    ] as const) {
      const { id, fields } = await by.create('freezes', sale());
      expect(fields.declaredBySide).toBe(side);
      expect(codes(await another.tryMove('freezes', id, 'lift', { reason: 'It is over.' }))).toEqual([
        'freeze.other-side',
      ]);
      expect((await by.move('freezes', id, 'lift', { reason: 'The sale is off.' })).state).toBe('lifted');
    }
  });

  it('of every service is declared by the provider', async () => {
    const everywhere = { ...sale(), service: null };
    expect(codes(await sponsor.post('/freezes', everywhere))).toEqual(['freeze.service']);
    expect((await operations.create('freezes', { ...everywhere, customers: [] })).fields.service).toBeNull();
  });

  it('stands as it was declared', async () => {
    const { id, version } = await operations.create('freezes', sale());
    const edit = { expectedVersion: version, freezeTo: '2026-07-01T00:00:00.000Z' };
    expect(codes(await operations.patch(`/freezes/${id}`, edit))).toContain('record.frozen');
  });
});
