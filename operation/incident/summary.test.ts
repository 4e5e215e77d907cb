import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

const day = 86_400_000;
let app: TestApplication;
let desk: Client;
let customers: string[];
let services: string[];
let readers: Client[];

beforeAll(async () => {
  app = await createTestApplication();
  customers = [await app.customer('Ash'), await app.customer('Beech')];
  desk = await app.person('Dee Desk', ['SDK', 'INM']);
  readers = [
    await app.person('Una Ash', ['USR'], { customer: customers[0] ?? '' }),
    await app.person('Ben Beech', ['USR'], { customer: customers[1] ?? '' }),
  ];
  const owner = await app.person('Sol Owner', ['SOW']);
  services = [];
  for (const title of ['Tills', 'Scales']) services.push((await takenOver(owner, { title, customers })).id);
});
afterAll(() => app.close());

const shown = async (reader: Client, service: string): Promise<Body> =>
  (await reader.get(`/services/${service}/overview`)).body.incidents;

it('is told to each reader for its own customers only', async () => {
  const [ash, beech] = customers;
  const [tills = ''] = services;
  await desk.create('incidents', { title: 'One', service: tills, customers: [ash] });
  await desk.create('incidents', { title: 'Two', service: tills, customers: [ash] });
  await desk.create('incidents', { title: 'Both', service: tills, customers: [ash, beech] });
  await app.settle();
  expect(await Promise.all([desk, ...readers].map((each) => shown(each, tills)))).toEqual([
    { open: 3, last30: 3 },
    { open: 3, last30: 3 },
    { open: 1, last30: 1 },
  ]);
});

/** What the summary should say, counted from the incidents themselves. */
async function counted(service: string, customer: string | null): Promise<Body> {
  const { rows } = await app.database.ownerPool.query(
    `select count(*) filter (where i.state in ('new', 'assigned', 'in_progress', 'pending'))::int as open,
       count(*) filter (where i.logged_at > $3::timestamptz - interval '30 days')::int as last30
     from operation.incident i join core.record r on r.id = i.id where i.service = $1 and ($2::uuid is null or r.customers @> array[$2::uuid])`,
    [service, customer, new Date(app.clock.now()).toISOString()],
  );
  return rows[0];
}

const index = (length: number) => fc.nat({ max: length - 1 });
const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('create' as const), service: index(2), shared: fc.subarray([0, 1]) }),
    fc.record({ act: fc.constant('cancel' as const), of: fc.nat() }),
    fc.record({ act: fc.constant('elsewhere' as const), of: fc.nat(), service: index(2) }),
    fc.record({ act: fc.constant('share' as const), of: fc.nat(), shared: fc.subarray([0, 1]) }),
    fc.record({ act: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ act: fc.constant('settle' as const) }),
  ),
  { minLength: 5, maxLength: 25 },
);

it('is right in the end, whatever was done in whichever order', async () => {
  const made: string[] = [];
  const sharing = (which: readonly number[]) => which.map((each) => customers[each] ?? '');
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      for (const each of list) {
        const id = 'of' in each ? made[each.of % Math.max(1, made.length)] : undefined;
        const edit = async (body: object) => {
          const { record } = (await desk.get(`/incidents/${id}`)).body;
          return desk.patch(`/incidents/${id}`, { expectedVersion: record.version, ...body });
        };
        if (each.act === 'create') {
          const service = services[each.service];
          made.push((await desk.create('incidents', { title: 'X', service, customers: sharing(each.shared) })).id);
        } else if (each.act === 'wait') {
          app.clock.advance(each.days * day);
          await app.runJob('incident-summaries');
        } else if (each.act === 'settle') await app.settle();
        else if (!id) continue;
        else if (each.act === 'cancel') await desk.tryMove('incidents', id, 'cancel', { reason: 'A mistake.' });
        else if (each.act === 'elsewhere') await edit({ service: services[each.service] });
        else await edit({ customers: sharing(each.shared) });
      }
      await app.settle();
      await app.runJob('incident-summaries');
      for (const service of services) {
        expect(await shown(desk, service)).toEqual(await counted(service, null));
        for (const [who, reader] of readers.entries())
          expect(await shown(reader, service)).toEqual(await counted(service, customers[who] ?? ''));
      }
    }),
    { numRuns: 12 },
  );
});
