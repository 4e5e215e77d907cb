// A decider reads what is decided before any hash: the figures of what it rests on with what stood there before, and what is another
// than when it was decided here the last time.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { castOf } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let cast: Cast;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const page = async (who: Client, gate: string, id: string): Promise<Body> =>
  (await who.get(`/gates/${gate}/${id}`)).body;

async function edit(path: string, id: string, fields: object): Promise<void> {
  const { version } = (await cast.owner.get(`/${path}/${id}`)).body.record;
  expect((await cast.owner.patch(`/${path}/${id}`, { expectedVersion: version, ...fields })).status).toBe(200);
}

it('the figures that matter of what it rests on stand there with what they were, and when', async () => {
  const need = {
    title: 'Slots',
    statement: 'Two hours.',
    trigger: 'market',
    priority: 'must',
    requiredBy: '2026-10-01',
  };
  const { id: requirement } = await cast.owner.create('business-requirements', need);
  const outcome = await cast.owner.create('outcomes', {
    title: 'Missed collections',
    requirement,
    statement: 'They fall.',
    measure: 'missed / booked',
    unit: '%',
    direction: 'lower',
    baseline: 8,
    target: 4,
  });
  const day = new Date(app.clock.now()).toISOString();
  await edit('outcomes', outcome.id, { target: 3 });
  await edit('business-requirements', requirement, { requiredBy: '2026-12-01' });
  await cast.owner.move('business-requirements', requirement, 'analyse');
  const { gist, changes } = await page(cast.owner, 'G1', requirement);
  expect(gist).toMatchObject([
    { id: requirement, values: {}, earlier: [{ name: 'requiredBy', value: '2026-10-01', until: day }] },
    {
      id: outcome.id,
      values: { baseline: 8, target: 3, unit: '%', direction: 'lower', measure: 'missed / booked', weight: null },
      earlier: [{ name: 'target', value: 4, until: day }],
    },
  ]);
  expect(changes).toEqual([]);

  const findings = [{ itemRef: 'target', severity: 'must', text: 'Half of it is enough.' }];
  await cast.owner.decide('G1', requirement, { outcome: 'reject', variant: 'return', reason: 'Not yet.', findings });
  await edit('outcomes', outcome.id, { target: 4 });
  await cast.owner.move('business-requirements', requirement, 'analyse');
  expect((await page(cast.owner, 'G1', requirement)).changes).toMatchObject([
    { id: outcome.id, how: 'altered', parts: [{ label: 'Target', was: 3, becomes: 4 }] },
  ]);
});
