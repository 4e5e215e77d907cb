import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let levels: Client;
let representative: Client;
let other: Client;
let customer: string;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  const elsewhere = await app.customer('Quayside Books');
  levels = await app.person('Lev Levels', ['SLM']);
  representative = await app.person('Cat Customer', ['CUS'], { customer });
  other = await app.person('Quin Other', ['CUS'], { customer: elsewhere });
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Slots', customers: [customer, elsewhere] })).id;
});
afterAll(() => app.close());

const terms = () => ({
  title: 'Slots',
  customers: [customer],
  service,
  customer,
  calendar: ukOffice,
  targets: [{ priority: 'P2', responseMinutes: 30, restoreMinutes: 240 }],
  effectiveFrom: '2026-04-01T00:00:00.000Z',
});
const drafted = async (more: object = {}): Promise<string> =>
  (await levels.create('agreements', { ...terms(), ...more })).id;
const negotiating = async (): Promise<string> => {
  const id = await drafted();
  await levels.move('agreements', id, 'negotiate');
  return id;
};
const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);
const record = async (id: string): Promise<Body> => (await levels.get(`/agreements/${id}`)).body.record;

describe('an agreement', () => {
  it('is not written by strangers or by the customer, nor seen by another customer', async () => {
    expect((await app.stranger.post('/agreements', terms())).status).toBe(401);
    expect(codes(await representative.post('/agreements', terms()))).toEqual(['permission.role']);
    expect((await other.get(`/agreements/${await drafted()}`)).status).toBe(404);
  });

  it('is negotiated once it is shared with its customer alone, has hours and a target for each priority', async () => {
    const id = await drafted({
      customers: [],
      calendar: { ...ukOffice, zone: 'Mars/Base' },
      targets: [{ priority: 'P2' }, { priority: 'P2' }],
    });
    expect(codes(await levels.tryMove('agreements', id, 'negotiate'))).toEqual([
      'agreement.customer',
      'calendar.zone',
      'agreement.target-twice',
    ]);
  });

  it("is signed for the customer by the customer's own representative", async () => {
    const id = await negotiating();
    expect(codes(await levels.tryMove('agreements', id, 'sign-customer'))).toContain('permission.role');
    const shared = await drafted({ customer, customers: [customer] });
    expect((await other.tryMove('agreements', shared, 'sign-customer').catch(() => ({ status: 404 }))).status).toBe(
      404,
    );
  });

  it('is agreed by itself when both have signed, and signed anew where it was edited between', async () => {
    const id = await negotiating();
    await representative.move('agreements', id, 'sign-customer');
    const { version } = await record(id);
    await levels.patch(`/agreements/${id}`, { expectedVersion: version, exclusions: 'Planned work on Sundays.' });
    expect((await record(id)).fields.signedByCustomer).toBeNull();
    await representative.move('agreements', id, 'sign-customer');
    expect((await record(id)).state).toBe('negotiating');
    await levels.move('agreements', id, 'sign-provider');
    expect(await record(id)).toMatchObject({
      state: 'agreed',
      fields: { signedByCustomer: representative.id, signedByProvider: levels.id },
    });
  });

  it('does not come into force without a start, nor before one that was in force', async () => {
    const signed = async (more: object) => {
      const id = await drafted(more);
      await levels.move('agreements', id, 'negotiate');
      await levels.move('agreements', id, 'sign-provider');
      await representative.move('agreements', id, 'sign-customer');
      return id;
    };
    const without = await signed({ effectiveFrom: null });
    expect(codes(await levels.tryMove('agreements', without, 'put-in-force'))).toEqual(['agreement.no-start']);
    await levels.move('agreements', await signed({}), 'put-in-force');
    const earlier = await signed({ effectiveFrom: '2026-01-01T00:00:00.000Z' });
    expect(codes(await levels.tryMove('agreements', earlier, 'put-in-force'))).toEqual(['agreement.back-dated']);
  });

  it('once reviewed is kept as it is only where nothing was edited', async () => {
    const id = await negotiating();
    await levels.move('agreements', id, 'sign-provider');
    await representative.move('agreements', id, 'sign-customer');
    await levels.move('agreements', id, 'put-in-force');
    await representative.move('agreements', id, 'review', { reason: 'A year has passed.' });
    await levels.move('agreements', id, 'keep', { reason: 'It still fits.' });
    const { version } = await levels.move('agreements', id, 'review', { reason: 'Another look.' });
    await levels.patch(`/agreements/${id}`, { expectedVersion: version, exclusions: 'None.' });
    expect(codes(await levels.tryMove('agreements', id, 'keep', { reason: 'It fits.' }))).toEqual([
      'agreement.amended',
    ]);
    expect(codes(await levels.tryMove('agreements', id, 'terminate', { reason: 'Enough.' }))).toContain(
      'permission.role',
    );
    await representative.move('agreements', id, 'terminate', { reason: 'We part.' });
  });
});
